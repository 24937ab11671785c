import { type Speech, sniff } from '../wire/sniff.js';
import { limits } from './limits.js';
import { endedByAlert, type Side } from './side.js';
import { type Taken, take } from './take.js';
import type { Tap } from './tap.js';

/** What a client speaks; nothing is consumed. Null: it said nothing until it left or its time was over. */
export const listen = async (client: Side, signal?: AbortSignal): Promise<Speech | null> => {
  let speech: Speech = 'more';
  const find = (bytes: Uint8Array): number => {
    speech = sniff(bytes);
    return speech === 'more' ? -1 : bytes.length;
  };
  const taken = await take(client, {
    find,
    limit: Number.POSITIVE_INFINITY,
    firstMs: limits.firstByteMs,
    restMs: limits.headMs,
    peek: true,
    ...(signal ? { signal } : {}),
  });
  if (taken.bytes.length === 0) return null;
  return speech === 'more' ? 'unknown' : speech;
};

/**
 * Inside a tunnel: what the client speaks, or `server-first` when the server speaks before it (SSH, SMTP, ...) or breaks, or null when the
 * client left or was silent for too long. A server that ends without a word ends for the client too, which may still have something to say.
 */
export const firstWords = async (tap: Tap, client: Side, server: Side): Promise<Speech | 'server-first' | null> => {
  const over = new AbortController();
  const heard = listen(client, over.signal);
  const spoken = act(server, over.signal).then(({ type, bytes }) => {
    if (type !== 'ended' || bytes.length > 0 || endedByAlert(server)) return 'server-first';
    if (!client.stream.destroyed && !client.stream.writableEnded) {
      tap.emit({ type: 'end', leg: 'server', how: 'fin', by: 'peer', code: '' });
      tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' });
      client.stream.end();
    }
    return heard;
  });
  const first = await Promise.race([heard, spoken]);
  over.abort();
  await Promise.all([heard, spoken]);
  return first;
};

/** Resolves when a side says or does anything; nothing is consumed. */
export const act = (side: Side, signal: AbortSignal): Promise<Taken> =>
  take(side, {
    find: (bytes) => bytes.length,
    limit: Number.POSITIVE_INFINITY,
    firstMs: limits.answerMs,
    restMs: limits.headMs,
    peek: true,
    signal,
  });
