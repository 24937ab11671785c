import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import { type BytesLine, lineIsOf } from './bytes-line.js';
import type { Span } from './exchanges.js';
import type { Source } from './lines.js';
import { readTime } from './read-time.js';
import { readSteps } from './reader.js';

/** One event of an exchange; a chunk of bytes comes as what it is, and not as base64. `atMs` is milliseconds since the epoch. */
export type RecordedEvent =
  | { readonly type: 'bytes'; readonly from: Sender; readonly chunk: Uint8Array; readonly atMs: number }
  | { readonly type: 'event'; readonly event: Exclude<Event, { type: 'bytes' }>; readonly atMs: number };

/** Every event of one exchange in order, batch by batch. With its `span` only that part of a file is read. */
export async function* readExchangeEvents(
  source: Source,
  { id, span }: { readonly id: string; readonly span?: Span | undefined },
): AsyncGenerator<readonly RecordedEvent[], void> {
  // What is kept in memory loses its oldest lines, so places in it do not hold.
  const range = typeof source === 'string' ? span : undefined;
  const mark = Buffer.from(JSON.stringify(id));
  let batch: RecordedEvent[] = [];
  const onBytes = ({ exchange, from, chunk, atMs }: BytesLine): void => {
    if (exchange === id) batch.push({ type: 'bytes', from, chunk, atMs });
  };
  const onEvent = (event: Event): void => {
    if (event.exchange !== id) return;
    const atMs = readTime(event.at);
    if (event.type === 'bytes') batch.push({ type: 'bytes', from: event.from, chunk: Buffer.from(event.data, 'base64'), atMs });
    else batch.push({ type: 'event', event, atMs });
  };
  // Most lines belong to others, and parsing is what costs.
  const wanted = (raw: Buffer): boolean => lineIsOf(raw, mark) ?? raw.includes(mark);
  for await (const _ of readSteps(source, { onEvent, onBytes }, { from: range?.from, until: range?.to, wanted })) {
    if (batch.length > 0) yield batch;
    batch = [];
  }
}
