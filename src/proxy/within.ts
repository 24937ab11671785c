import type { River } from './river.js';

/** How long a wait for the server may last, milliseconds: its own limit, or less where whoever probes wants to know by a certain time. */
export const within = ({ clock, dueMs }: Pick<River, 'clock' | 'dueMs'>, limitMs: number): number =>
  Math.max(1, Math.min(limitMs, (dueMs?.() ?? Number.POSITIVE_INFINITY) - clock.now()));

/** Whether no time is left. */
export const isDue = (river: Pick<River, 'clock' | 'dueMs'>): boolean => within(river, 2) < 2;
