import { setImmediate as turn } from 'node:timers/promises';
import { isoTime, timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import { droppedWhy } from '../recording/dropped.js';
import type { NumberedMessage } from '../recording/numbered-messages.js';
import { readSteps } from '../recording/reader.js';
import { agreedDeflate } from '../wire/extensions.js';
import { createMessageReader, type Message } from '../wire/messages.js';
import { foldBytes } from '../wire/text-search.js';
import type { Control, MessageContent, MessagePage, MessageRow } from './control.js';
import { messageContent, messageRow, mostRows } from './message-rows.js';

/** Rows kept on both sides of those that were asked for, so that scrolling a line does not read all anew. */
const margin = 500;
/** The same page is read again so many times later than its reading took. */
const patience = 10;
const mostHits = 10_000;
const dropped = 'The beginning of this exchange is no longer in memory: with --no-record only the newest 64 MiB are kept.';

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

  /** Tells the messages until one is enough. False: the oldest bytes were dropped. */
  const read = async (id: string, tell: (message: NumberedMessage) => boolean): Promise<boolean> => {
    const exchange = exchangeOf(id);
    if (exchange?.kind !== 'websocket' || exchange.marks.open === null) return true;
    const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
    const readers = { client: createMessageReader({ from: 'client', deflate }), server: createMessageReader({ from: 'server', deflate }) };
    let number = 0;
    let whole = false;
    let gap = false;
    let enough = false;
    const take = (messages: readonly Message[], atMs: number): void => {
      for (const message of messages) enough ||= tell({ message, at: isoTime(atMs), number: number++ });
    };
    const mark = Buffer.from(JSON.stringify(id));
    const steps = readSteps(
      inPieces(source()),
      {
        // What came behind the answer's head is there when that is.
        onEvent: (event) => {
          if (event.exchange !== id) return;
          if (event.type === 'head' && event.site === 'clientGot') whole = true;
          if (event.type !== 'bytes-lost' || !whole) return;
          gap ||= event.why === droppedWhy;
          take(readers[event.from].skip(event), timeOf(event.at));
        },
        onBytes: ({ exchange: of, from, chunk, atMs }) => {
          if (of === id && whole) take(readers[from].push(chunk), atMs);
        },
      },
      { wanted: (raw) => raw.includes(mark) },
    );
    for await (const _ of steps) if (enough) break;
    return whole && !gap;
  };

  return {
    async messages(id, { from, limit }) {
      const now = performance.now();
      const to = from + Math.min(limit, mostRows);
      const covers = last?.id === id && last.from <= from && Math.min(to, last.page.total) <= last.to;
      if (!last || !covers || now >= last.until) {
        const kept = { from: Math.max(0, from - margin), to: to + margin };
        const messages: MessageRow[] = [];
        let total = 0;
        const whole = await read(id, (message) => {
          total = message.number + 1;
          if (message.number >= kept.from && message.number < kept.to) messages.push(messageRow(message));
          return false;
        });
        const end = performance.now();
        last = { id, ...kept, page: { total, messages, ...(whole ? {} : { trouble: dropped }) }, until: end + patience * (end - now) };
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
