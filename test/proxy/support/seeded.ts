/** Draws that a seed decides (mulberry32): the same seed gives the same handshakes on every machine. */
export interface Draw {
  /** A whole number from 0 up to, and without, `below`. */
  upTo(below: number): number;
  one<T>(from: readonly T[]): T;
  chance(of: number): boolean;
  shuffled<T>(list: readonly T[]): T[];
  bytes(count: number): Buffer;
}

export const draws = (seed: number): Draw => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (below: number): number => Math.floor(next() * below);
  return {
    upTo,
    one: <T>(from: readonly T[]): T => from[upTo(from.length)] as T,
    chance: (of) => next() < of,
    shuffled: (list) => {
      const left = [...list];
      return list.map(() => left.splice(upTo(left.length), 1)[0] as (typeof list)[number]);
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => upTo(256))),
  };
};
