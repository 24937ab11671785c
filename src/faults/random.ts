import type { Random } from '../model/clock.js';

/**
 * A stream of numbers that the given parts decide alone (sfc32, seeded by a hash of their text). Who asks first changes nothing: each
 * exchange and each fault has a stream of its own, so the same seed gives the same faults however connections interleave.
 */
export const createRandom = (...parts: readonly (string | number)[]): Random => {
  const hash = hasher(parts.join('\0'));
  let a = hash();
  let b = hash();
  let c = hash();
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // sfc32 asks for this: the first draws still show how much two seeds are alike.
  for (let round = 0; round < 12; round++) draw();
  return { next: () => draw() / 0x1_0000_0000 };
};

/** xmur3: 32-bit numbers out of a text, each call another one. */
const hasher = (text: string): (() => number) => {
  let state = 1779033703 ^ text.length;
  for (let at = 0; at < text.length; at++) {
    state = Math.imul(state ^ text.charCodeAt(at), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = Math.imul(state ^ (state >>> 16), 2246822507);
    state = Math.imul(state ^ (state >>> 13), 3266489909);
    state ^= state >>> 16;
    return state | 0;
  };
};
