import type { Delivery, Ending } from '../faults/changes.js';
import { limits } from './limits.js';
import { endOf, resetSide, type Side } from './side.js';
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

/**
 * Resolves when the peer has gone, by its FIN or for good. A paused socket would never notice: what it says is read, and dropped. Ours stay
 * half-open, so that after a FIN alone no `close` would come.
 */
export const untilGone = async (side: Side): Promise<void> => {
  const { stream } = side;
  if (stream.readableEnded) return;
  const ended = new Promise<void>((resolve) => stream.once('end', resolve));
  stream.resume();
  await Promise.race([ended, held(Number.POSITIVE_INFINITY, [side])]);
};

/**
 * Writes what a fault made of a head, in time and in pieces. False: the peer has gone before all was written, or the delivery ends the
 * connection. `other` is the side that is let go then. `onWritten` hears how many bytes were written in all, before anything else happens.
 */
export const deliver = async (
  tap: Tap,
  delivery: Delivery,
  at: { readonly to: Side; readonly other?: Side; readonly onWritten?: (bytes: number) => void },
): Promise<boolean> => {
  const { raw, ahead = '', body = '', holdMs = 0, slice, end } = delivery;
  const { to, other, onWritten } = at;
  const sides = other ? [to, other] : [to];
  await held(holdMs, sides);
  const bytes = Buffer.from(ahead + raw + body, 'latin1');
  const step = slice?.bytes ?? bytes.length;
  let written = 0;
  while (written < bytes.length && !to.stream.destroyed) {
    const piece = bytes.subarray(written, written + step);
    if (slice) to.stream.write(piece);
    else writeTogether(to, piece);
    to.count.out += piece.length;
    written += piece.length;
    if (written < bytes.length) await held(slice?.everyMs ?? 0, [to]);
  }
  onWritten?.(written);
  if (to.stream.destroyed) return false;
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
  if (end === 'silence') {
    await untilGone(to);
    // Where both legs stand, whoever carries the peer's bytes has seen its end.
    if (!other) tap.emit({ type: 'end', leg: to.leg, ...endOf(to), by: 'peer' });
    return;
  }
  if (!to.stream.destroyed) endSide(to, end);
};
