import { timeOf } from '../model/clock.js';
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
  /** Exchanges that cannot be replayed, each with a sentence. */
  readonly skipped: readonly { readonly exchange: string; readonly why: string }[];
}

/** A replay sends to servers of others: of a file with more exchanges than this some have to be named (threats.md T60). */
const mostExchanges = 1000;
/** The most recorded bytes of one exchange that are replayed: they are kept in memory while it is. */
const mostBytes = 64 * 1024 * 1024;

/**
 * The exchanges of a recording with these ids, or all that a replay makes sense of, in the order in which they began. Rejects with a Problem:
 * SHK_RECORDING, SHK_NOT_FOUND for an id that the file has not, SHK_REPLAY when there is none or too many.
 */
export const chooseExchanges = async (path: string, wanted: readonly string[] | 'all'): Promise<readonly ReadExchange[]> => {
  const ids = wanted === 'all' ? null : new Set(wanted);
  const chosen: ReadExchange[] = [];
  for await (const read of readExchanges(path)) {
    if (ids ? !ids.delete(read.exchange.id) : !isHandshake(read.exchange)) continue;
    if (chosen.length >= mostExchanges) {
      throw new Problem(
        'SHK_REPLAY',
        `${path} holds over ${mostExchanges} handshakes.`,
        'Name those to replay: shakedown replay FILE 3 5 8',
      );
    }
    chosen.push(read);
  }
  const [missing] = ids ?? [];
  if (missing !== undefined) {
    throw new Problem('SHK_NOT_FOUND', `${path} holds no exchange ${JSON.stringify(missing)}.`, 'List them: shakedown inspect FILE --json');
  }
  if (chosen.length === 0) {
    throw new Problem('SHK_REPLAY', `${path} holds no handshake that could be replayed.`, 'Look at it: shakedown inspect FILE');
  }
  return chosen.sort((one, other) => timeOf(one.exchange.startedAt) - timeOf(other.exchange.startedAt));
};

/**
 * Also what ended before its request head came, at the door or in TLS: it may have become a handshake. The spare connections that browsers open
 * and never use are none.
 */
const isHandshake = ({ kind, entrance, client, refusal, dialFailure }: Exchange): boolean =>
  kind === 'websocket' || (kind === 'unknown' && entrance !== null && Boolean(client.hello ?? refusal ?? dialFailure));

/**
 * Replays exchanges of a recording, one after the other: those that `chooseExchanges` chooses. Rejects with its Problems, and with SHK_REPLAY when
 * none of them can be replayed or the door cannot be reached.
 */
export const replayRecording = async (
  path: string,
  wanted: readonly string[] | 'all',
  world: RecordingReplayWorld,
): Promise<ReplayedRecording> => {
  const replayed: ReplayedExchange[] = [];
  const skipped: { exchange: string; why: string }[] = [];
  for (const read of await chooseExchanges(path, wanted)) {
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
    world.announce?.(exchange, credentialsIn(exchange.heads.clientSent));
    replayed.push(await replayScript(recorded, script, world));
  }
  if (replayed.length === 0) {
    const text = skipped.slice(0, 3).map(({ exchange, why }) => `Exchange ${exchange}: ${why}`);
    throw new Problem(
      'SHK_REPLAY',
      `Nothing was replayed. ${text.join(' ')}`,
      'Choose the exchange of a WebSocket: shakedown inspect FILE --json',
    );
  }
  const differences = replayed.flatMap((one) => one.differences);
  return { same: differences.length === 0, differences, replayed, skipped };
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
