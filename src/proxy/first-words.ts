import { type Speech, sniff } from '../wire/sniff.js';
import { limits } from './limits.js';
import type { Side } from './side.js';
import { take } from './take.js';

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

/** Inside a tunnel: what the client speaks, or `server-first` when the server speaks before it (SSH, SMTP, ...), or null when the client left. */
export const firstWords = async (client: Side, server: Side): Promise<Speech | 'server-first' | null> => {
  const over = new AbortController();
  const heard = listen(client, over.signal).then((speech) => (over.signal.aborted ? 'server-first' : speech));
  const spoken = take(server, {
    find: (bytes) => bytes.length,
    limit: Number.POSITIVE_INFINITY,
    firstMs: limits.firstByteMs,
    restMs: limits.headMs,
    peek: true,
    signal: over.signal,
  }).then(() => 'server-first' as const);
  const first = await Promise.race([heard, spoken]);
  over.abort();
  await Promise.all([heard, spoken]);
  return first;
};
