import type { Delivery, Ending } from '../faults/changes.js';
import { limits } from './limits.js';
import { resetSide, type Side } from './side.js';
import type { Tap } from './tap.js';

/** Waits so long, or until one of the sides has gone; Infinity waits for that alone. */
export const held = (ms: number, sides: readonly Side[]): Promise<void> =>
  new Promise((resolve) => {
    if (ms <= 0 || sides.some(({ stream }) => stream.destroyed)) return resolve();
    const over = (): void => {
      clearTimeout(timer);
      for (const { stream } of sides) stream.off('close', over);
      resolve();
    };
    const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(over, ms);
    for (const { stream } of sides) stream.once('close', over);
  });

/** Resolves when the side has closed. A paused socket would never notice that its peer has gone: what it says is read, and dropped. */
export const untilGone = (side: Side): Promise<void> => {
  side.stream.resume();
  return held(Number.POSITIVE_INFINITY, [side]);
};

/**
 * Writes what a fault made of a head, in time and in pieces. False: the peer has gone before all was written, or the delivery ends the
 * connection. `other` is the side that is let go then.
 */
export const deliver = async (tap: Tap, delivery: Delivery, at: { readonly to: Side; readonly other?: Side }): Promise<boolean> => {
  const { raw, ahead = '', body = '', holdMs = 0, slice, end } = delivery;
  const { to, other } = at;
  const sides = other ? [to, other] : [to];
  await held(holdMs, sides);
  if (to.stream.destroyed) return false;
  const bytes = Buffer.from(ahead + raw + body, 'latin1');
  const step = slice?.bytes ?? bytes.length;
  for (let start = 0; start < bytes.length; start += step) {
    if (start > 0) await held(slice?.everyMs ?? 0, [to]);
    if (to.stream.destroyed) return false;
    const piece = bytes.subarray(start, start + step);
    to.count.out += piece.length;
    if (slice) to.stream.write(piece);
    else writeTogether(to, piece);
  }
  if (end === undefined) return true;
  await finish(tap, { end, endMs: delivery.endMs ?? 0 }, at);
  return false;
};

/**
 * Writes a head so that what arrived with it leaves with it: a client that closes on a refused head would answer a body in a later
 * segment with a reset, and the server would see an end that it does not see without us.
 */
export const writeTogether = ({ stream }: Side, bytes: Uint8Array): void => {
  stream.cork();
  stream.write(bytes);
  setImmediate(() => stream.uncork());
};

/** Ends a connection as a fault says: `to` so, and the other leg with a reset, or as `letGo` says. */
export const finish = async (
  tap: Tap,
  { end, endMs = 0 }: Ending,
  { to, other, letGo = 'reset' }: { readonly to: Side; readonly other?: Side; readonly letGo?: 'fin' | 'reset' },
): Promise<void> => {
  await held(endMs, [to]);
  const endSide = (side: Side, how: 'fin' | 'reset'): void => {
    tap.emit({ type: 'end', leg: side.leg, how, by: 'shakedown', code: '' });
    if (how === 'reset') {
      resetSide(side);
      return;
    }
    side.stream.end();
    // What the peer still says is read, or closing would reset the connection before it has read our last words.
    side.stream.resume();
    side.stream.setTimeout(limits.lingerMs, () => side.raw.destroy());
  };
  if (other && !other.raw.destroyed) endSide(other, letGo);
  if (end === 'silence') return untilGone(to);
  if (!to.stream.destroyed) endSide(to, end);
};
