import type { HoldPlace, Verdict } from '../model/hold.js';
import { findHeadEnd, headLimit } from '../wire/http-head.js';
import { holdLimits } from './holds.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import { take } from './take.js';
import type { Tap } from './tap.js';

/** How a head that was held goes on: in these words, with what stands behind it; or not at all. */
export type HeadVerdict = { readonly type: 'edit'; readonly raw: string; readonly body: string } | { readonly type: 'drop' };

interface HeadToHold {
  readonly tap: Tap;
  readonly at: Exclude<HoldPlace, 'message'>;
  readonly raw: string;
  readonly client: Side;
}

/** Waits until somebody lets a head go, where one is to be held. Null: it goes on as it is. */
export const holdHead = async (river: River, { tap, at, raw, client }: HeadToHold): Promise<HeadVerdict | null> => {
  if (client.stream.destroyed) return null;
  const verdict = await new Promise<Verdict>((resolve) => {
    const over = new AbortController();
    const held = river.holds.take({
      ...{ exchange: tap.id, at, head: raw, message: null, emit: tap.emit },
      from: at === 'request' ? 'client' : 'server',
      onVerdict: (given) => {
        over.abort();
        resolve(given);
      },
    });
    if (held === null) return resolve({ type: 'pass' });
    untilLeft(client, at, over.signal).then((left) => left && river.holds.leave({ held }));
  });
  if (verdict.type === 'drop') return verdict;
  if (verdict.type !== 'edit-head') return null;
  const end = findHeadEnd(Buffer.from(verdict.raw, 'latin1'));
  return { type: 'edit', raw: verdict.raw.slice(0, end), body: verdict.raw.slice(end) };
};

/** Whether the client goes away before the signal. What it sends meanwhile stays unread. */
const untilLeft = async (client: Side, at: HeadToHold['at'], signal: AbortSignal): Promise<boolean> => {
  if (at === 'request') {
    // Nobody reads it yet, and a paused socket would not notice an end.
    const ms = 2 * holdLimits.ms;
    const { type } = await take(client, { find: () => -1, limit: headLimit, firstMs: ms, restMs: ms, peek: true, signal });
    return type === 'ended' || type === 'failed';
  }
  const { stream } = client;
  return new Promise((resolve) => {
    const settle = (left: boolean) => (): void => {
      stream.off('end', gone).off('close', gone);
      resolve(left);
    };
    const gone = settle(true);
    stream.once('end', gone).once('close', gone);
    signal.addEventListener('abort', settle(false), { once: true });
  });
};
