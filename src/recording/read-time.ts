import { timeOf } from '../model/clock.js';

/** `2026-01-31T09:05:00.` of the last time that was read, and its milliseconds: most lines fall into the second of the one before. */
let second = '';
let secondMs = Number.NaN;
const secondChars = 20;

/** `timeOf`, at a tenth of its cost for times as shakedown writes them, and strict: NaN for a text that is no ISO time in UTC. */
export const readTime = (at: string): number => {
  if (at.length !== 27 || !at.startsWith(second) || second === '') return readSlowly(at);
  let micros = 0;
  for (let index = secondChars; index < 26; index++) {
    const digit = at.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    micros = micros * 10 + digit;
  }
  return at.charCodeAt(26) === 0x5a ? secondMs + micros / 1000 : Number.NaN;
};

const readSlowly = (at: string): number => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(at)) return Number.NaN;
  const ms = timeOf(at);
  if (at.length === 27 && Number.isFinite(ms)) {
    second = at.slice(0, secondChars);
    secondMs = timeOf(`${second}000000Z`);
  }
  return ms;
};
