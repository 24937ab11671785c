import type { Event } from '../model/event.js';
import { Problem } from '../model/problem.js';
import type { AgreedDeflate } from '../wire/extensions.js';
import { createMessageReader, type Message } from '../wire/messages.js';
import { createTextSearch, foldBytes, longestText, type SearchedExchange } from '../wire/text-search.js';
import type { BytesLine } from './bytes-line.js';
import type { Span } from './collector.js';
import type { Line } from './lines.js';
import { readSteps } from './reader.js';

export interface Hit {
  readonly exchange: string;
  /** Of the message, see `NumberedMessage`. */
  readonly number: number;
}

/** What a search must know of an exchange; undefined: its bytes are not to be searched. */
export type SearchableOf = (id: string) => { readonly deflate: AgreedDeflate | null } | undefined;

export interface SearchOptions {
  /** The part of the file that is read; all of it when not said. It begins where the exchange does. */
  readonly span?: Span | undefined;
  readonly searchable: SearchableOf;
  /** Called after each megabyte with the place that was reached; may wait, and may throw to stop. */
  readonly onStep?: ((offset: number) => void | Promise<void>) | undefined;
}

export interface SearchResult {
  /** In the order of the file; at most 10,000. */
  readonly hits: readonly Hit[];
  readonly more: boolean;
}

const mostHits = 10_000;

/**
 * The messages that hold a text; case of ASCII letters does not matter. Messages that are not compressed are searched as they are read; compressed
 * ones are inflated, of which up to 1 MiB each is looked at. Throws a Problem.
 */
export const searchMessages = async (path: string, text: string, { span, searchable, onStep }: SearchOptions): Promise<SearchResult> => {
  const wanted = foldBytes(Buffer.from(text));
  if (wanted.length === 0 || wanted.length > longestText) {
    throw new Problem(
      'SHK_USAGE',
      wanted.length === 0 ? 'There is no text to look for.' : `The text to look for has ${wanted.length} bytes.`,
      `Give a text of 1 to ${longestText} bytes.`,
    );
  }
  const search = createTextSearch(wanted);
  const searched = new Map<string, SearchedExchange | null>();
  const hits: Hit[] = [];
  let offset = span?.from.offset ?? 0;

  const exchangeOf = (id: string): SearchedExchange | null => {
    let exchange = searched.get(id);
    if (exchange !== undefined) return exchange;
    const about = searchable(id);
    const onHit = (number: number): void => {
      if (hits.length <= mostHits) hits.push({ exchange: id, number });
    };
    exchange = about ? (about.deflate ? inflating(about.deflate, { wanted, onHit }) : search.exchange(onHit)) : null;
    searched.set(id, exchange);
    return exchange;
  };

  const onBytes = ({ exchange, from, chunk }: BytesLine, line: Line): void => {
    offset = line.offset;
    exchangeOf(exchange)?.push(from, chunk);
  };
  const onEvent = (event: Event): void => {
    if (event.type === 'bytes') exchangeOf(event.exchange)?.push(event.from, Buffer.from(event.data, 'base64'));
    if (event.type === 'bytes-lost') exchangeOf(event.exchange)?.skip(event.from, event);
  };
  for await (const _ of readSteps(path, { onBytes, onEvent }, { from: span?.from, until: span?.to })) {
    await onStep?.(offset);
    if (hits.length > mostHits) break;
  }
  search.flush();
  return { hits: inOrder(hits, [...searched.keys()]).slice(0, mostHits), more: hits.length > mostHits };
};

/** Control frames are found as they come, texts when enough of them was gathered. */
const inOrder = (hits: readonly Hit[], ids: readonly string[]): Hit[] => {
  const places = new Map(ids.map((id, place) => [id, place]));
  return hits.toSorted((one, other) => (places.get(one.exchange) ?? 0) - (places.get(other.exchange) ?? 0) || one.number - other.number);
};

const inflating = (
  deflate: AgreedDeflate,
  { wanted, onHit }: { readonly wanted: Buffer; readonly onHit: (number: number) => void },
): SearchedExchange => {
  const readers = { client: createMessageReader({ from: 'client', deflate }), server: createMessageReader({ from: 'server', deflate }) };
  let number = 0;
  const look = (messages: readonly Message[]): void => {
    for (const { bytes } of messages) {
      if (foldBytes(bytes).includes(wanted)) onHit(number);
      number++;
    }
  };
  return {
    push: (from, chunk) => look(readers[from].push(chunk)),
    skip: (from, gap) => look(readers[from].skip(gap)),
  };
};
