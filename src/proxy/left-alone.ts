import { limits } from './limits.js';
import type { Side } from './side.js';

/** Sides whose other side has gone without their knowing, because a fault keeps it from them. */
export interface LeftAlone {
  /** It is read, and stays until its peer has enough of it, or says nothing for a long time. */
  add(side: Side): void;
  /** The proxy stops: nobody is left alone any more. */
  end(): void;
}

export const createLeftAlone = (): LeftAlone => {
  const sides = new Set<Side>();
  let over = false;
  return {
    add: (side) => {
      const { stream } = side;
      if (over) stream.destroy();
      if (stream.destroyed) return;
      sides.add(side);
      stream.once('close', () => sides.delete(side));
      stream.resume();
      stream.setTimeout(limits.silentMs, () => stream.destroy());
    },
    end: () => {
      over = true;
      for (const { stream } of sides) stream.destroy();
    },
  };
};
