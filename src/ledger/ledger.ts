import type { Fold } from '../fold/fold.js';
import { startFold } from '../fold/fold.js';
import { type Clock, isoTime, timeOf } from '../model/clock.js';
import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { FrameResume, Sender } from '../model/frame.js';
import { sentenceOf } from '../model/problem.js';
import { type LedgerRow, rowOf } from './row.js';

export interface LedgerRows {
  /** How many there are to be windowed. */
  readonly total: number;
  readonly rows: readonly LedgerRow[];
  /** Left out where nothing can be hidden. */
  readonly hidden?: number;
  /** How many were asked whether they fit; only where a choice asks that. */
  readonly searched?: number;
}

export interface Ledger {
  /** Grows with every event and every chunk. */
  readonly version: number;
  /** How many exchanges are held. */
  readonly size: number;
  /** How many ended exchanges were forgotten to stay under the limit. */
  readonly evicted: number;
  /** Of `bytes-lost` only the count is taken: those bytes came here all the same. */
  apply(event: Event): void;
  /** An event `bytes` without the event. Chunks of an exchange that is not held are passed over. `atMs` is milliseconds since the epoch. */
  bytes(exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void;
  /** Whether what this side of an exchange sends next is frames. */
  framesDue(exchange: string, from: Sender): boolean;
  /** Where the frames of one side of an exchange stand; undefined while it has no open WebSocket. */
  resumeOf(exchange: string, from: Sender): FrameResume | undefined;
  get(id: string): Exchange | undefined;
  /** Held exchanges in the order in which they began, from the `from`th on. */
  exchanges(window?: { readonly from: number; readonly limit: number }): readonly Exchange[];
  /** The same as rows. `findingsOf` is asked once for each state of an exchange that is shown. */
  rows(
    window: { readonly from: number; readonly limit: number },
    findingsOf: (exchange: Exchange) => readonly Finding[],
    choice?: RowChoice,
  ): LedgerRows;
  /** Every event but `bytes`, as it happens; returns the function that ends it. A listener that throws is dropped, with a notice to the others. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** Which exchanges rows are of: those that it hides are left out and counted, with `all` only counted; of the others those that fit. */
export interface RowChoice {
  readonly hides: ((exchange: Exchange) => boolean) | null;
  readonly all: boolean;
  readonly fits: ((exchange: Exchange, findings: () => readonly Finding[]) => boolean) | null;
}

/** What is known now: the folds of the newest exchanges, in bounded memory. */
export const createLedger = ({ limit = 2000, clock }: { readonly limit?: number; readonly clock: Clock }): Ledger => {
  const folds = new Map<string, Fold>();
  /** Ids of ended exchanges that are still held, the longest ended first. */
  const ended = new Set<string>();
  const listeners = new Set<(event: Event) => void>();
  const findings = new WeakMap<Exchange, readonly Finding[]>();
  let version = 0;
  let evicted = 0;

  const evict = (): void => {
    for (const id of ended) {
      if (folds.size <= limit) return;
      ended.delete(id);
      folds.delete(id);
      evicted++;
    }
  };

  const foldOf = (id: string): Fold => {
    const known = folds.get(id);
    if (known) return known;
    const fold = startFold(id);
    folds.set(id, fold);
    evict();
    return fold;
  };

  const tell = (event: Event): void => {
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        listeners.delete(listener);
        const text = `A listener for events failed and gets no more of them: ${sentenceOf(error)}.`;
        tell({ at: isoTime(clock.now()), exchange: '', type: 'notice', level: 'error', text });
      }
    }
  };

  const bytes = (exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void => {
    const fold = folds.get(exchange);
    if (!fold) return;
    version++;
    fold.bytes(from, chunk, atMs);
  };

  const exchanges = ({ from, limit: count } = { from: 0, limit: Number.POSITIVE_INFINITY }): readonly Exchange[] => {
    const picked: Exchange[] = [];
    let at = 0;
    for (const fold of folds.values()) {
      if (at >= from + count) break;
      if (at++ >= from) picked.push(fold.exchange);
    }
    return picked;
  };

  const findingsFor = (exchange: Exchange, findingsOf: (exchange: Exchange) => readonly Finding[]): readonly Finding[] => {
    const known = findings.get(exchange);
    if (known) return known;
    const found = findingsOf(exchange);
    findings.set(exchange, found);
    return found;
  };

  return {
    get version() {
      return version;
    },
    get size() {
      return folds.size;
    },
    get evicted() {
      return evicted;
    },
    apply(event) {
      if (event.type === 'bytes') return bytes(event.exchange, event.from, Buffer.from(event.data, 'base64'), timeOf(event.at));
      version++;
      if (event.type === 'bytes-lost') folds.get(event.exchange)?.unrecorded(event.bytes);
      else if (event.exchange !== '') {
        foldOf(event.exchange).apply(event);
        if (event.type === 'closed') {
          ended.add(event.exchange);
          evict();
        }
      }
      tell(event);
    },
    bytes,
    framesDue: (exchange, from) => folds.get(exchange)?.framesDue(from) ?? false,
    resumeOf: (exchange, from) => folds.get(exchange)?.resume(from),
    get: (id) => folds.get(id)?.exchange,
    exchanges,
    rows(window, findingsOf, choice) {
      const nowMs = clock.now();
      const asRow = (exchange: Exchange) => rowOf(exchange, findingsFor(exchange, findingsOf), nowMs);
      const { hides = null, fits = null, all = true } = choice ?? {};
      if (!hides && !fits) return { total: folds.size, rows: exchanges(window).map(asRow) };
      const held = exchanges();
      const visible = hides ? held.filter((exchange) => !hides(exchange)) : held;
      const listed = all ? held : visible;
      const fitting = fits ? listed.filter((exchange) => fits(exchange, () => findingsFor(exchange, findingsOf))) : listed;
      return {
        total: fitting.length,
        rows: fitting.slice(window.from, window.from + window.limit).map(asRow),
        ...(hides && { hidden: held.length - visible.length }),
        ...(fits && { searched: listed.length }),
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
