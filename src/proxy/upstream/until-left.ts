import { act } from '../first-words.js';
import { limits } from '../limits.js';
import type { Side } from '../side.js';

/**
 * Does work that somebody waits for. The signal is aborted when that client is gone: at once when its connection broke, and after a FIN when it
 * has had time to take an answer that it may still wait for. What the client says meanwhile stays unread, and ends the watch.
 */
export const untilLeft = async <T>(client: Side | undefined, work: (left: AbortSignal) => Promise<T>): Promise<T> => {
  const left = new AbortController();
  if (!client) return work(left.signal);
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const watched = act(client, over.signal).then(({ type, bytes }) => {
    if (type === 'failed') left.abort();
    else if (type === 'ended' && bytes.length === 0 && !over.signal.aborted) timer = setTimeout(() => left.abort(), limits.lingerMs);
  });
  try {
    return await work(left.signal);
  } finally {
    over.abort();
    await watched;
    clearTimeout(timer);
  }
};
