import type { Event } from '../model/event.js';
import { blankChunk, type Chunk, closeChunk, openChunk } from './chunks.js';
import { searchEvent } from './event-texts.js';
import { createExchangeStreams, type ExchangeStreams } from './exchange-streams.js';
import { createPlaceholders } from './placeholder.js';
import { createLearner, createRewriter, type Search } from './search.js';
import type { Tools } from './sinks.js';
import { createTally, type RedactionSummary } from './summary.js';
import { createVault } from './vault.js';

/**
 * Takes the secrets out of a recording, in two readings of it: `learn` is told every event, then `rewrite` every event that shall leave. Both get them in the
 * order in which they were recorded. What comes out has the same events in the same order; heads and payloads have their lengths, frames their headers, chunks
 * their times.
 */
export interface Redactor {
  learn(event: Event): void;
  /** The events that may leave now: those given earlier come first, and some wait until a message that they are part of is whole. */
  rewrite(event: Event): readonly Event[];
  /** Those that still waited. */
  finish(): readonly Event[];
  summary(): RedactionSummary;
}

/** What may wait at one time: bytes of chunks, and events. Over it, the message that is waited for is blanked. */
const mostWaiting = 32 * 1024 * 1024;
const mostEventsWaiting = 200_000;
/** Exchanges without an end that are kept at one time. */
const mostExchanges = 20_000;

interface Entry {
  readonly event: Event;
  readonly chunk: Chunk | null;
}

/** Brings events through in their order. `search` decides what becomes of them. */
const createPass = (tools: Tools, give: (event: Event) => void) => {
  const exchanges = new Map<string, ExchangeStreams>();
  let queue: Entry[] = [];
  let first = 0;
  let waitingBytes = 0;

  const streamsOf = (id: string): ExchangeStreams => {
    let streams = exchanges.get(id);
    if (!streams) {
      streams = createExchangeStreams(tools);
      exchanges.set(id, streams);
      if (exchanges.size > mostExchanges) end(exchanges.keys().next().value ?? id);
    }
    return streams;
  };
  const end = (id: string): void => {
    exchanges.get(id)?.finish();
    exchanges.delete(id);
  };

  const drain = (): void => {
    while (first < queue.length) {
      const { event, chunk } = queue[first] as Entry;
      if (chunk && chunk.holds > 0) {
        if (waitingBytes <= mostWaiting && queue.length - first <= mostEventsWaiting) break;
        exchanges.get(event.exchange)?.giveUp();
        if (chunk.holds > 0) blankChunk(chunk);
      }
      first++;
      if (chunk) waitingBytes -= chunk.bytes.length;
      give(chunk ? closeChunk(chunk) : event);
    }
    if (first === queue.length) [queue, first] = [[], 0];
    else if (first > 1024 && first > queue.length / 2) [queue, first] = [queue.slice(first), 0];
  };

  const pushBytes = (event: Extract<Event, { type: 'bytes' | 'given' }>): void => {
    const chunk = openChunk(event);
    streamsOf(event.exchange).push(chunk);
    if (queue.length === 0 && chunk.holds === 0) {
      give(closeChunk(chunk));
      return;
    }
    waitingBytes += chunk.bytes.length;
    queue.push({ event, chunk });
    drain();
  };
  const push = (event: Event): void => {
    if (event.type === 'bytes' || event.type === 'given') {
      pushBytes(event);
      return;
    }
    queue.push({ event: searchEvent(event, tools.search), chunk: null });
    if (event.type === 'closed') end(event.exchange);
    else if (event.exchange !== '') streamsOf(event.exchange).note(event);
    drain();
  };

  const finish = (): void => {
    for (const id of [...exchanges.keys()]) end(id);
    drain();
  };
  return { push, finish };
};

/** `key`: 32 bytes of chance for this one export. Equal secrets get equal placeholders under one key. */
export const createRedactor = ({ key }: { readonly key: Uint8Array }): Redactor => {
  const vault = createVault();
  const tally = createTally();
  const toolsWith = (search: Search, counts = tally): Tools => ({ search, tally: counts });
  const learning = createPass(toolsWith(createLearner(vault), createTally()), () => {});
  let out: Event[] = [];
  const rewriting = createPass(toolsWith(createRewriter({ vault, placeholders: createPlaceholders(key), tally })), (event) =>
    out.push(event),
  );
  let learned = false;

  const taken = (): readonly Event[] => {
    if (out.length === 0) return out;
    const events = out;
    out = [];
    return events;
  };
  const endLearning = (): void => {
    if (learned) return;
    learned = true;
    learning.finish();
  };
  return {
    learn: (event) => learning.push(event),
    rewrite: (event) => {
      endLearning();
      rewriting.push(event);
      return taken();
    },
    finish: () => {
      endLearning();
      rewriting.finish();
      return taken();
    },
    summary: () => tally.summary(vault.turnedAway),
  };
};
