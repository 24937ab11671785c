import { setImmediate as turn } from 'node:timers/promises';
import type { Exchange } from '../model/exchange.js';
import { emptyTally } from '../model/frame.js';
import type { NumberedMessage } from '../recording/numbered-messages.js';
import { readMessages } from '../recording/read-messages.js';
import { foldBytes } from '../wire/text-search.js';
import type { Control, MessageContent, MessagePage, MessageRow } from './control.js';
import { messageContent, messageRow, mostRows } from './message-rows.js';

/** Rows kept on both sides of those that were asked for, so that scrolling a line does not read all anew. */
const margin = 500;
/** The same page is read again so many times later than its reading took. */
const patience = 10;
const mostHits = 10_000;
const dropped = 'Earlier messages are no longer in memory (--no-record); they are counted from the first that is there.';

/** Reading shares the thread with the river: it steps aside after each piece, of some milliseconds. */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    yield bytes;
    await turn();
  }
}

/** The messages of a recording that is kept in memory (`--no-record`). It is not long, and is read from its beginning each time. */
export const createMemoryMessages = (
  source: () => AsyncIterable<Uint8Array>,
  exchangeOf: (id: string) => Exchange | undefined,
): Pick<Control, 'messages' | 'message' | 'searchMessages'> => {
  let last:
    | { readonly id: string; readonly from: number; readonly to: number; readonly page: MessagePage; readonly until: number }
    | undefined;

  /** Tells the messages until one is enough. */
  const read = async (id: string, tell: (message: NumberedMessage) => boolean): Promise<void> => {
    const exchange = exchangeOf(id);
    if (!exchange) return;
    let number = 0;
    // Places in memory do not hold: the oldest bytes go.
    const span = { from: { line: 1, offset: 0 }, to: 0 };
    for await (const batch of readMessages(inPieces(source()), { exchange, span })) {
      for (const message of batch) if (tell({ ...message, number: number++ })) return;
    }
  };

  return {
    async messages(id, { from, limit }) {
      const now = performance.now();
      const to = from + Math.min(limit, mostRows);
      const covers = last?.id === id && last.from <= from && Math.min(to, last.page.total) <= last.to;
      if (!last || !covers || now >= last.until) {
        const kept = { from: Math.max(0, from - margin), to: to + margin };
        const messages: MessageRow[] = [];
        const { fromClient, fromServer } = exchangeOf(id)?.frames ?? { fromClient: emptyTally, fromServer: emptyTally };
        let total = 0;
        let data = 0;
        await read(id, (message) => {
          total = message.number + 1;
          if (message.message.type === 'text' || message.message.type === 'binary') data++;
          if (message.number >= kept.from && message.number < kept.to) messages.push(messageRow(message));
          return false;
        });
        const end = performance.now();
        const lacking = data < fromClient.messages + fromServer.messages;
        last = { id, ...kept, page: { total, messages, ...(lacking && { trouble: dropped }) }, until: end + patience * (end - now) };
      }
      const { page } = last;
      return { ...page, messages: page.messages.filter(({ number }) => number >= from && number < to) };
    },
    async message(id, number) {
      let found: MessageContent | null = null;
      await read(id, (message) => {
        if (message.number === number) found = messageContent(message);
        return found !== null;
      });
      return found;
    },
    async searchMessages(id, text) {
      const wanted = foldBytes(Buffer.from(text));
      const numbers: number[] = [];
      if (wanted.length > 0) {
        await read(id, ({ message, number }) => {
          if (foldBytes(message.bytes).includes(wanted)) numbers.push(number);
          return numbers.length > mostHits;
        });
      }
      return { numbers: numbers.slice(0, mostHits), more: numbers.length > mostHits };
    },
  };
};
