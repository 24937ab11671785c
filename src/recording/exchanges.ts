import { startFold } from '../fold/fold.js';
import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { Gap, Sender } from '../model/frame.js';
import { type BytesLine, lineIsOf } from './bytes-line.js';
import { createCollector, type ReadExchange, type Span } from './collector.js';
import type { Line, Source } from './lines.js';
import { readTime } from './read-time.js';
import { type Damage, type Reading, type ReadingListener, type ReadingOptions, readSteps } from './reader.js';

export type { ReadExchange, Span } from './collector.js';

export interface ExchangesListener {
  /** Events of the process itself, which belong to no exchange. */
  readonly onEngineEvent?: (event: Event) => void;
  readonly onDamage?: (damage: Damage) => void;
}

/**
 * The exchanges of a recording: each when its last event is read, then those without an end, in the order in which they began.
 * Memory is bounded by the exchanges that are open at one time. Throws a Problem SHK_RECORDING; returns what was read.
 */
export async function* readExchanges(
  source: Source,
  { onEngineEvent, onDamage }: ExchangesListener = {},
): AsyncGenerator<ReadExchange, Reading> {
  let done: ReadExchange[] = [];
  const collector = createCollector({ onDone: (read) => done.push(read), onEngineEvent });
  const steps = readSteps(source, { onDamage, onBytes: collector.bytes, onEvent: collector.event });
  for (;;) {
    const step = await steps.next();
    if (step.done) collector.finishAll();
    yield* done;
    done = [];
    if (step.done) return step.value;
  }
}

export interface RecordedBytes {
  readonly from: Sender;
  /** Empty where bytes are missing. */
  readonly chunk: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** Of its line in the file, in bytes. */
  readonly offset: number;
  /** Here bytes of this sender are missing: whoever decodes has to skip them. */
  readonly lost?: Gap;
}

const nothing = new Uint8Array(0);

/** One exchange of which is known where it lies, folded anew; undefined when nothing of it is there. */
export const readExchange = async (
  source: Source,
  { id, span }: { readonly id: string; readonly span: Span },
): Promise<Exchange | undefined> => {
  const fold = startFold(id);
  let events = 0;
  const listener: ReadingListener = {
    onBytes: ({ exchange, from, chunk, atMs }) => {
      if (exchange === id) fold.bytes(from, chunk, atMs);
    },
    onEvent: (event) => {
      if (event.exchange !== id) return;
      fold.apply(event);
      events++;
    },
  };
  for await (const _ of readSteps(source, listener, onlyOf(source, { id, span })));
  return events > 0 ? fold.exchange : undefined;
};

interface PartOf {
  readonly id: string;
  readonly span?: Span | undefined;
  /** See `ReadingOptions`. */
  readonly batchBytes?: number;
}

/** Every chunk of one exchange after its handshake, in order, and every gap between them. With its `span` only that part of a file is read. */
export async function* readExchangeBytes(source: Source, part: PartOf): AsyncGenerator<readonly RecordedBytes[], void> {
  const { id } = part;
  let batch: RecordedBytes[] = [];
  const onBytes = ({ exchange, from, chunk, atMs }: BytesLine, { offset }: Line): void => {
    if (exchange === id) batch.push({ from, chunk, atMs, offset });
  };
  const onEvent = (event: Event, { offset }: Line): void => {
    if (event.exchange !== id) return;
    const atMs = readTime(event.at);
    if (event.type === 'bytes') batch.push({ from: event.from, chunk: Buffer.from(event.data, 'base64'), atMs, offset });
    if (event.type !== 'bytes-lost') return;
    const { from, bytes, resume } = event;
    batch.push({ from, chunk: nothing, atMs, offset, lost: { bytes, resume } });
  };
  for await (const _ of readSteps(source, { onEvent, onBytes }, onlyOf(source, part))) {
    if (batch.length > 0) yield batch;
    batch = [];
  }
}

/** Most lines belong to others, and parsing is what costs. */
const onlyOf = (source: Source, { id, span, batchBytes }: PartOf): ReadingOptions => {
  // What is kept in memory loses its oldest lines, so places in it do not hold.
  const range = typeof source === 'string' ? span : undefined;
  const mark = Buffer.from(JSON.stringify(id));
  return { from: range?.from, until: range?.to, batchBytes, wanted: (raw) => lineIsOf(raw, mark) ?? raw.includes(mark) };
};
