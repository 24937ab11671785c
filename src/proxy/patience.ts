import { held, untilGone } from './deliver.js';
import { limits } from './limits.js';
import type { Side } from './side.js';
import { untilLeft } from './upstream/until-left.js';

/**
 * The time that a fault takes while a client waits for the way to its server; Infinity is until the client has gone, and the longest time of a
 * dial where nobody waits. What the client says meanwhile stays unread, but for what no server will ever hear. False: it has left.
 */
export const patience = async (ms: number, client: Side | undefined): Promise<boolean> => {
  if (ms <= 0) return true;
  if (ms === Number.POSITIVE_INFINITY) {
    await (client ? untilGone(client) : held(limits.connectMs, []));
    return false;
  }
  return untilLeft(client, async (left) => {
    const over = new Promise<void>((resolve) => left.addEventListener('abort', () => resolve()));
    await Promise.race([held(ms, client ? [client] : []), over]);
    return !left.aborted;
  });
};
