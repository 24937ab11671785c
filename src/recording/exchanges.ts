import type { Fold } from '../fold/fold.js';
import { startFold } from '../fold/fold.js';
import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { Gap, Sender } from '../model/frame.js';
import type { Place, Source } from './lines.js';
import { readTime } from './read-time.js';
import { type Damage, type Reading, readSteps } from './reader.js';

/** Where the events of one exchange lie in the file: from the first byte of the first to behind the last. */
export interface Span {
  readonly from: Place;
  readonly to: number;
}
export interface ReadExchange {
  readonly exchange: Exchange;
  readonly span: Span;
}

/**
 * Open exchanges that are kept while reading: so many, and so many characters of their lines. A file that opens more without closing
 * any is made up; its oldest are then given as they stand.
 */
const openLimit = 20_000;
const openText = 256 * 1024 * 1024;

interface Open {
  readonly fold: Fold;
  readonly from: Place;
  to: number;
  text: number;
}

export interface ExchangesListener {
  /** Events of the process itself, which belong to no exchange. */
  readonly onEngineEvent?: (event: Event) => void;
  readonly onDamage?: (damage: Damage) => void;
}

/**
 * The exchanges of a recording: each when its last event is read, then those without an end, in the order in which they began.
 * Memory is bounded by the exchanges that are open at one time. Throws a Problem SHK_RECORDING; returns what was read.
 */
export async function* readExchanges(source: Source, listener: ExchangesListener = {}): AsyncGenerator<ReadExchange, Reading> {
  const open = new Map<string, Open>();
  let text = 0;
  let done: ReadExchange[] = [];

  const finish = (id: string, entry: Open): void => {
    open.delete(id);
    text -= entry.text;
    done.push({ exchange: entry.fold.exchange, span: { from: entry.from, to: entry.to } });
  };
  const shed = (): void => {
    for (const [id, entry] of open) {
      if (open.size <= openLimit && text <= openText) return;
      finish(id, entry);
    }
  };

  const steps = readSteps(source, {
    onDamage: listener.onDamage,
    onEvent: (event, line) => {
      const id = event.exchange;
      if (id === '') return listener.onEngineEvent?.(event);
      let entry = open.get(id);
      if (!entry) {
        entry = { fold: startFold(id), from: { line: line.line, offset: line.offset }, to: 0, text: 0 };
        open.set(id, entry);
      }
      entry.to = line.offset + line.bytes;
      if (event.type === 'bytes') return entry.fold.bytes(event.from, Buffer.from(event.data, 'base64'), readTime(event.at));
      entry.fold.apply(event);
      entry.text += line.text.length;
      text += line.text.length;
      if (event.type === 'closed') finish(id, entry);
      else shed();
    },
  });
  for (;;) {
    const step = await steps.next();
    yield* done;
    done = [];
    if (!step.done) continue;
    for (const [id, entry] of [...open]) finish(id, entry);
    yield* done;
    return step.value;
  }
}

export interface RecordedBytes {
  readonly from: Sender;
  /** Empty where bytes are missing. */
  readonly chunk: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** Here bytes of this sender are missing: whoever decodes has to skip them. */
  readonly lost?: Gap;
}

const nothing = new Uint8Array(0);

/** Every chunk of one exchange after its handshake, in order, and every gap between them. With its `span` only that part of a file is read. */
export async function* readExchangeBytes(
  source: Source,
  { id, span }: { readonly id: string; readonly span?: Span | undefined },
): AsyncGenerator<readonly RecordedBytes[], void> {
  // What is kept in memory loses its oldest lines, so places in it do not hold.
  const range = typeof source === 'string' ? span : undefined;
  const mark = JSON.stringify(id);
  let batch: RecordedBytes[] = [];
  const onEvent = (event: Event): void => {
    if (event.exchange !== id) return;
    if (event.type === 'bytes') batch.push({ from: event.from, chunk: Buffer.from(event.data, 'base64'), atMs: readTime(event.at) });
    if (event.type !== 'bytes-lost') return;
    const { from, bytes, resume } = event;
    batch.push({ from, chunk: nothing, atMs: readTime(event.at), lost: { bytes, resume } });
  };
  // Most lines belong to others, and parsing is what costs.
  for await (const _ of readSteps(source, { onEvent }, { from: range?.from, until: range?.to, wanted: (text) => text.includes(mark) })) {
    if (batch.length > 0) yield batch;
    batch = [];
  }
}
