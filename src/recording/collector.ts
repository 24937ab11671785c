import { type Fold, startFold } from '../fold/fold.js';
import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { BytesLine } from './bytes-line.js';
import type { Line, Place } from './lines.js';

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

export interface CollectorPorts {
  /** The last event of an exchange was read, or there are too many that have none. */
  readonly onDone: (read: ReadExchange) => void;
  /** Events of the process itself, which belong to no exchange. */
  readonly onEngineEvent?: ((event: Event) => void) | undefined;
}

/** Sorts the events of a recording by their exchanges, and folds each. */
export const createCollector = ({ onDone, onEngineEvent }: CollectorPorts) => {
  const open = new Map<string, Open>();
  let text = 0;

  const asRead = ({ fold, from, to }: Open): ReadExchange => ({ exchange: fold.exchange, span: { from, to } });
  const finish = (id: string, entry: Open): void => {
    open.delete(id);
    text -= entry.text;
    onDone(asRead(entry));
  };
  const shed = (): void => {
    for (const [id, entry] of open) {
      if (open.size <= openLimit && text <= openText) return;
      finish(id, entry);
    }
  };
  const entryOf = (id: string, line: Line): Open => {
    let entry = open.get(id);
    if (!entry) {
      entry = { fold: startFold(id), from: { line: line.line, offset: line.offset }, to: 0, text: 0 };
      open.set(id, entry);
    }
    entry.to = line.offset + line.bytes;
    return entry;
  };

  return {
    bytes: ({ exchange, from, chunk, atMs }: BytesLine, line: Line): void => entryOf(exchange, line).fold.bytes(from, chunk, atMs),
    event(event: Event, line: Line): void {
      const id = event.exchange;
      if (id === '') {
        onEngineEvent?.(event);
        return;
      }
      const entry = entryOf(id, line);
      entry.fold.apply(event);
      if (event.type === 'bytes') return;
      entry.text += line.raw.length;
      text += line.raw.length;
      if (event.type === 'closed') finish(id, entry);
      else shed();
    },
    /** As it stands, without its end; undefined when it is not open. */
    peek(id: string): ReadExchange | undefined {
      const entry = open.get(id);
      return entry && asRead(entry);
    },
    /** Gives those without an end, in the order in which they began. */
    finishAll(): void {
      for (const [id, entry] of [...open]) finish(id, entry);
    },
  };
};
