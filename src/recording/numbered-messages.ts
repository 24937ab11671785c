import { isoTime } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Sender } from '../model/frame.js';
import { agreedDeflate } from '../wire/extensions.js';
import { createMessageReader } from '../wire/messages.js';
import { readExchangeBytes, type Span } from './exchanges.js';
import type { Source } from './lines.js';
import type { Mark, MessageIndex } from './message-index.js';
import type { TimedMessage } from './read-messages.js';

/** A message and its number among those of its exchange, both directions, control frames included; counted from 0 in the order of their ends. */
export interface NumberedMessage extends TimedMessage {
  readonly number: number;
}

/** An exchange whose messages were counted. */
export interface IndexedExchange {
  readonly exchange: Exchange;
  readonly span: Span;
  readonly index: MessageIndex;
  readonly windows: WindowStore;
}

type Windows = Readonly<Record<Sender, Uint8Array>>;

/** Keeps what compressed messages behind a mark refer back to. */
export interface WindowStore {
  get(mark: Mark): Windows | undefined;
  /** May decline, to stay within its bound. */
  set(mark: Mark, windows: Windows): void;
}

/** Windows of this many bytes are kept for one exchange, at marks evenly apart. */
const mostWindowBytes = 32 * 1024 * 1024;
const windowPair = 64 * 1024;

export const createWindowStore = (index: MessageIndex): WindowStore => {
  const kept = new WeakMap<Mark, Windows>();
  const places = new WeakMap<Mark, number>();
  return {
    get: (mark) => kept.get(mark),
    set(mark, windows) {
      const step = Math.ceil((index.marks.length * windowPair) / mostWindowBytes);
      const at = places.get(mark) ?? index.marks.indexOf(mark);
      places.set(mark, at);
      if (at % Math.max(1, step) === 0) kept.set(mark, windows);
    },
  };
};

/** A read of so many bytes holds about a hundred short messages: as much as a screen wants. */
const readAtOnce = 32 * 1024;

/**
 * The messages of one exchange from number `from` on, batch by batch. Reading begins at the last mark before it; where compressed messages refer
 * back to earlier ones, at the last mark whose windows are known, and leaves windows at the marks that it passes.
 */
export async function* readMessagesFrom(
  source: Source,
  { exchange, span, index, windows }: IndexedExchange,
  { from, limit }: { readonly from: number; readonly limit?: number },
): AsyncGenerator<readonly NumberedMessage[]> {
  const deflate = agreedDeflate([exchange.heads.clientSent], exchange.heads.clientGot);
  const carries = deflate !== null && !(deflate.clientNoContextTakeover && deflate.serverNoContextTakeover);
  const { marks } = index;
  let at = marks.findLastIndex((mark) => mark.messages <= from && (!carries || mark === marks[0] || windows.get(mark) !== undefined));
  const mark = marks[at];
  if (!mark) return;
  const known = carries ? windows.get(mark) : undefined;
  const readerOf = (side: Sender) =>
    createMessageReader({ from: side, deflate, ...(known && { window: known[side] }), ...(limit === undefined ? {} : { limit }) });
  const readers = { client: readerOf('client'), server: readerOf('server') };
  const { starts } = mark;
  const discard = { client: starts.client.done, server: starts.server.done };
  let number = mark.messages;
  const first = starts.client.place.offset < starts.server.place.offset ? starts.client.place : starts.server.place;
  const place = first.offset < mark.place.offset ? first : mark.place;

  for await (const batch of readExchangeBytes(source, { id: exchange.id, span: { from: place, to: span.to }, batchBytes: readAtOnce })) {
    const found: NumberedMessage[] = [];
    for (const { from: side, chunk, atMs, offset, lost } of batch) {
      for (let next = marks[at + 1]; carries && next && next.place.offset <= offset; next = marks[at + 1]) {
        at++;
        if (next.place.offset === offset) windows.set(next, { client: readers.client.window(), server: readers.server.window() });
      }
      const start = starts[side];
      if (offset < start.place.offset) continue;
      const part = offset === start.place.offset ? chunk.subarray(start.at) : chunk;
      for (const message of lost ? readers[side].skip(lost) : readers[side].push(part)) {
        if (discard[side] > 0) discard[side]--;
        else if (number++ >= from) found.push({ message, at: isoTime(atMs), number: number - 1 });
      }
    }
    if (found.length > 0) yield found;
  }
}
