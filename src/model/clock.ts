/** Time is passed in. `now()` is milliseconds since the epoch with microseconds behind the point, and never goes back. */
export interface Clock {
  now(): number;
}

/** Randomness is passed in. `next()` is at least 0 and under 1. */
export interface Random {
  next(): number;
}

/** The same time at the grain of an event's `at`: whole microseconds. `ms` is milliseconds since the epoch. */
export const toMicros = (ms: number): number => {
  const whole = Math.floor(ms);
  return whole + Math.round((ms - whole) * 1000) / 1000;
};

/** ISO 8601 in UTC with microseconds, as every event carries it. `ms` is milliseconds since the epoch. */
export const isoTime = (ms: number): string => {
  let whole = Math.floor(ms);
  let micros = Math.round((ms - whole) * 1000);
  if (micros === 1000) [whole, micros] = [whole + 1, 0];
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
};

/** The inverse of `isoTime`; NaN when the text is no time. */
export const timeOf = (iso: string): number => {
  const dot = iso.indexOf('.');
  if (dot === -1) return Date.parse(iso);
  return (
    Date.parse(`${iso.slice(0, dot)}Z`) +
    Number(
      iso
        .slice(dot + 1, -1)
        .padEnd(6, '0')
        .slice(0, 6),
    ) /
      1000
  );
};
