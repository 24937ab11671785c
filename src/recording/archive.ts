import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import { type AgreedDeflate, agreedDeflate } from '../wire/extensions.js';
import { createCollector, type ReadExchange, type Span } from './collector.js';
import { readExchange } from './exchanges.js';
import { createMessageIndex, type MessageIndex } from './message-index.js';
import { createWindowStore, type IndexedExchange, type NumberedMessage, readMessagesFrom, type WindowStore } from './numbered-messages.js';
import { type Damage, type Reading, readSteps } from './reader.js';
import { type SearchResult, searchMessages } from './search.js';

/** A recording file that can be looked into anywhere, also while it is being written. Memory stays flat: rows and sparse marks, no messages. */
export interface Archive<Row> {
  /** Reads what was written since the last time. `onStep` is called after each megabyte; it may wait, and may throw to stop. Throws a Problem. */
  refresh(onStep?: (offset: number) => void | Promise<void>): Promise<Reading>;
  /** How many exchanges there are, in the order of their beginnings. */
  readonly total: number;
  /** How many of the oldest are no longer in the list, because there are too many. */
  readonly dropped: number;
  rows(window: { readonly from: number; readonly limit: number }): readonly Row[];
  readonly ids: readonly string[];
  row(id: string): Row | undefined;
  exchange(id: string): Promise<Exchange | undefined>;
  /** The same, and where in the file it lies. */
  locate(id: string): Promise<ReadExchange | undefined>;
  /** Where the exchange lies in the file; undefined when it is unknown. */
  place(id: string): Promise<IndexedExchange | undefined>;
  /** Messages by their numbers; fewer where there are no more. */
  messages(id: string, window: { readonly from: number; readonly limit: number }): Promise<readonly NumberedMessage[]>;
  /** Complete messages and control frames of both directions. */
  messageCount(id: string): number;
  /** The messages that hold a text, of one exchange or of all. */
  search(
    text: string,
    options?: { readonly id?: string; readonly onStep?: (offset: number) => void | Promise<void> },
  ): Promise<SearchResult>;
}

export interface ArchiveOptions<Row> {
  /** What the list keeps of an exchange. */
  readonly summarise: (exchange: Exchange) => Row;
  readonly onEngineEvent?: ((event: Event) => void) | undefined;
  readonly onDamage?: ((damage: Damage) => void) | undefined;
}

/** A row takes some 500 bytes. The oldest go, so many at a time. */
const mostRows = 100_000;
const fewerRows = 1000;
/** Exchanges that are kept because they were asked for; and those that are kept because reading them anew takes long, with the bytes that make it so. */
const mostKept = 32;
const mostLong = 500;
const longSpan = 2 * 1024 * 1024;

interface Entry<Row> {
  readonly row: Row;
  readonly span: Span;
}
interface Track {
  readonly index: MessageIndex;
  readonly windows: WindowStore;
  /** Known when the exchange has ended. */
  deflate?: AgreedDeflate | null;
}

const deflateOf = ({ heads }: Exchange): AgreedDeflate | null => agreedDeflate([heads.clientSent], heads.clientGot);

/** `path` is read when `refresh` is called, not before. */
export const createArchive = <Row>(path: string, { summarise, onEngineEvent, onDamage }: ArchiveOptions<Row>): Archive<Row> => {
  const entries = new Map<string, Entry<Row>>();
  const known = new Set<string>();
  let ids: string[] = [];
  const tracks = new Map<string, Track>();
  const kept = new Map<string, Exchange>();
  const long = new Map<string, Exchange>();
  let reading: Reading | undefined;
  let refreshing: Promise<Reading> | undefined;
  let dropped = 0;

  const onDone = ({ exchange, span }: ReadExchange): void => {
    const track = tracks.get(exchange.id);
    if (track && (track.index.messages === 0 || exchange.marks.open === null)) tracks.delete(exchange.id);
    else if (track) track.deflate = deflateOf(exchange);
    entries.set(exchange.id, { row: summarise(exchange), span });
    if (span.to - span.from.offset > longSpan && long.size < mostLong) long.set(exchange.id, exchange);
    if (entries.size > mostRows) dropOldest();
  };
  const dropOldest = (): void => {
    const gone = new Set(ids.filter((id) => entries.has(id)).slice(0, fewerRows));
    for (const id of gone) {
      for (const map of [entries, tracks, long, known]) map.delete(id);
    }
    ids = ids.filter((id) => !gone.has(id));
    dropped += gone.size;
  };
  const collector = createCollector({ onDone, onEngineEvent });

  const readOn = async (onStep: (offset: number) => void | Promise<void>): Promise<Reading> => {
    let offset = 0;
    const steps = readSteps(
      path,
      {
        onDamage,
        onBytes: (bytes, line) => {
          offset = line.offset;
          collector.bytes(bytes, line);
          tracks.get(bytes.exchange)?.index.push(bytes.from, bytes.chunk, line);
        },
        onEvent: (event, line) => {
          offset = line.offset;
          if (event.exchange !== '' && !known.has(event.exchange)) {
            known.add(event.exchange);
            ids.push(event.exchange);
          }
          collector.event(event, line);
          if (event.type === 'bytes') tracks.get(event.exchange)?.index.push(event.from, Buffer.from(event.data, 'base64'), line);
          else if (event.type === 'bytes-lost') tracks.get(event.exchange)?.index.skip(event.from, event, line);
          else if (event.type === 'target' && event.kind === 'websocket' && !tracks.has(event.exchange)) {
            const index = createMessageIndex();
            tracks.set(event.exchange, { index, windows: createWindowStore(index) });
          }
        },
      },
      { from: reading?.end },
    );
    for (;;) {
      const step = await steps.next();
      if (step.done) return step.value;
      await onStep(offset);
    }
  };

  const exchangeOf = async (id: string): Promise<ReadExchange | undefined> => {
    const live = collector.peek(id);
    if (live) return live;
    const entry = entries.get(id);
    if (!entry) return undefined;
    const exchange = long.get(id) ?? kept.get(id) ?? (await readExchange(path, { id, span: entry.span }));
    if (!exchange) return undefined;
    kept.delete(id);
    kept.set(id, exchange);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return { exchange, span: entry.span };
  };

  const row = (id: string): Row | undefined => {
    const live = collector.peek(id);
    return live ? summarise(live.exchange) : entries.get(id)?.row;
  };

  const place = async (id: string): Promise<IndexedExchange | undefined> => {
    const read = await exchangeOf(id);
    const track = tracks.get(id);
    return read && track && { ...read, ...track };
  };

  const searchableOf = (id: string): { deflate: AgreedDeflate | null } | undefined => {
    const track = tracks.get(id);
    const live = collector.peek(id)?.exchange;
    if (!track || live?.marks.open === null) return undefined;
    return { deflate: live ? deflateOf(live) : (track.deflate ?? null) };
  };

  return {
    refresh(onStep = () => {}) {
      // One at a time: who asks meanwhile gets the same answer.
      refreshing ??= readOn(onStep)
        .then((now) => {
          reading = now;
          return now;
        })
        .finally(() => {
          refreshing = undefined;
        });
      return refreshing;
    },
    get total() {
      return ids.length;
    },
    get dropped() {
      return dropped;
    },
    get ids() {
      return ids;
    },
    rows: ({ from, limit }) => ids.slice(from, from + limit).flatMap((id) => row(id) ?? []),
    row,
    locate: exchangeOf,
    exchange: async (id) => (await exchangeOf(id))?.exchange,
    place,
    async messages(id, { from, limit }) {
      const found: NumberedMessage[] = [];
      const indexed = limit > 0 ? await place(id) : undefined;
      if (!indexed) return found;
      for await (const batch of readMessagesFrom(path, indexed, { from })) {
        found.push(...batch.slice(0, limit - found.length));
        if (found.length >= limit) break;
      }
      return found;
    },
    async search(text, { id, onStep } = {}) {
      const one = id === undefined ? undefined : await place(id);
      if (id !== undefined && !one) return { hits: [], more: false };
      const searchable = (name: string) => (id === undefined || name === id ? searchableOf(name) : undefined);
      return searchMessages(path, text, { span: one?.span, searchable, onStep });
    },
    messageCount: (id) => tracks.get(id)?.index.messages ?? 0,
  };
};
