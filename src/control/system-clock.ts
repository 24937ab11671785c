import type { Clock } from '../model/clock.js';

/** Wall time at the start of the process, moved on by the monotonic clock: it never jumps (threats.md T45). */
export const systemClock: Clock = { now: () => performance.timeOrigin + performance.now() };
