/** Time is passed in. `now()` is milliseconds since the epoch with microseconds behind the point, and never goes back. */
export interface Clock {
  now(): number;
}

/** Randomness is passed in. `next()` is at least 0 and under 1. */
export interface Random {
  next(): number;
}

/** ISO 8601 in UTC with microseconds, as every event carries it. `ms` is milliseconds since the epoch. */
export const isoTime = (ms: number): string => {
  const whole = Math.floor(ms);
  const micros = Math.min(999, Math.floor((ms - whole) * 1000));
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
};

/** The inverse of `isoTime`; NaN when the text is no time. */
export const timeOf = (iso: string): number => {
  const digits = /\.(\d+)Z$/.exec(iso)?.[1] ?? '';
  const seconds = Date.parse(iso.replace(/\.\d+Z$/, 'Z'));
  return seconds + Number(`0.${digits || '0'}`) * 1000;
};
