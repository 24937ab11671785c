import type { Exchange } from '../model/exchange.js';
import { Problem } from '../model/problem.js';
import { type ReadExchange, readExchangeBytes, readExchanges } from '../recording/exchanges.js';
import type { Difference } from './compare.js';
import { credentialsIn } from './credentials.js';
import type { Recorded, RecordedChunk } from './recorded.js';
import { type ReplayedExchange, type ReplayWorld, replayScript } from './replay.js';
import { scriptOf } from './script.js';

export interface RecordingReplayWorld extends ReplayWorld {
  /** Told before anything of an exchange is sent, with the names of the credentials that it will send. */
  readonly announce?: (recorded: Exchange, credentials: readonly string[]) => void;
}

export interface ReplayedRecording {
  readonly same: boolean;
  readonly differences: readonly Difference[];
  readonly replayed: readonly ReplayedExchange[];
  /** Exchanges of the recording that cannot be replayed, each with a sentence. */
  readonly skipped: readonly { readonly exchange: string; readonly why: string }[];
}

/** A replay sends to servers of others: a file with more exchanges than this has to be replayed by naming some (threats.md T60). */
const mostExchanges = 1000;
/** The most recorded bytes of one exchange that are replayed: they are kept in memory while it is. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Replays exchanges of a recording, one after the other, in their order: those with these ids, or all that can be replayed. Rejects with a
 * Problem: SHK_RECORDING, SHK_NOT_FOUND for an id that the file has not, SHK_REPLAY when there is nothing to replay, too much, or no door.
 */
export const replayRecording = async (
  path: string,
  wanted: readonly string[] | 'all',
  world: RecordingReplayWorld,
): Promise<ReplayedRecording> => {
  const replayed: ReplayedExchange[] = [];
  const skipped: { exchange: string; why: string }[] = [];
  for (const read of await chosen(path, wanted)) {
    world.signal?.throwIfAborted();
    const { exchange } = read;
    const chunks = await chunksOf(path, read);
    const recorded: Recorded = { exchange, chunks: chunks ?? [] };
    const script = scriptOf(recorded);
    if (script.type === 'unplayable' || !chunks) {
      const why = script.type === 'unplayable' ? script.why : `It holds over ${mostBytes / 1024 / 1024} MiB, more than a replay keeps.`;
      skipped.push({ exchange: exchange.id, why });
      continue;
    }
    if (exchange.heads.clientSent) world.announce?.(exchange, credentialsIn(exchange.heads.clientSent));
    replayed.push(await replayScript(recorded, script, world));
  }
  const [first] = skipped;
  if (replayed.length === 0) {
    throw new Problem(
      'SHK_REPLAY',
      `Nothing in ${path} can be replayed.${first ? ` Exchange ${first.exchange}: ${first.why}` : ' It holds no exchange.'}`,
      'Choose a recording that holds the handshake of a WebSocket.',
    );
  }
  const differences = replayed.flatMap((one) => one.differences);
  return { same: differences.length === 0, differences, replayed, skipped };
};

/** In the order in which they began. */
const chosen = async (path: string, wanted: readonly string[] | 'all'): Promise<readonly ReadExchange[]> => {
  const ids = wanted === 'all' ? null : new Set(wanted);
  const found: ReadExchange[] = [];
  for await (const read of readExchanges(path)) {
    if (ids && !ids.delete(read.exchange.id)) continue;
    if (found.length >= mostExchanges) {
      throw new Problem(
        'SHK_REPLAY',
        `${path} holds over ${mostExchanges} exchanges.`,
        'Name those to replay: shakedown replay FILE ID...',
      );
    }
    found.push(read);
  }
  const [missing] = ids ?? [];
  if (missing !== undefined) {
    throw new Problem(
      'SHK_NOT_FOUND',
      `${path} holds no exchange ${JSON.stringify(missing)}.`,
      'List them with their ids: shakedown inspect FILE --json',
    );
  }
  return found.sort((one, other) => (one.exchange.startedAt < other.exchange.startedAt ? -1 : 1));
};

/** Null when there are too many to keep. */
const chunksOf = async (path: string, { exchange, span }: ReadExchange): Promise<readonly RecordedChunk[] | null> => {
  const chunks: RecordedChunk[] = [];
  let bytes = 0;
  for await (const batch of readExchangeBytes(path, { id: exchange.id, span })) {
    chunks.push(...batch);
    bytes += batch.reduce((sum, { chunk }) => sum + chunk.length, 0);
    if (bytes > mostBytes) return null;
  }
  return chunks;
};
