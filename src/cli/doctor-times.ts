import { Problem } from '../model/problem.js';

/** Up to here a bare number of `--timeout` is seconds: nobody waits for a tenth of a second, and nobody for minutes. */
const mostBareSeconds = 120;
const mostMs = 600_000;

/**
 * A time as somebody types it: `10s`, `1500ms`, `1.5s`. A bare number is milliseconds; where `bareSeconds` is true, one up to 120 is seconds. Throws a
 * Problem (SHK_USAGE) for anything else, and for more than ten minutes.
 */
export const readTime = (
  flag: string,
  text: string,
  { bareSeconds, least }: { readonly bareSeconds: boolean; readonly least: number },
): number => {
  const match = /^(\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})\s*(ms|s)?$/i.exec(text.trim());
  const value = match ? Number(match[1]) : Number.NaN;
  const unit = match?.[2]?.toLowerCase() ?? (bareSeconds && value <= mostBareSeconds ? 's' : 'ms');
  const ms = Math.round(unit === 's' ? value * 1000 : value);
  if (ms >= least && ms <= mostMs) return ms;
  throw new Problem(
    'SHK_USAGE',
    `--${flag} ${JSON.stringify(text)} is no time from ${least} ms to 10 minutes.`,
    `Example: --${flag} 5s, or --${flag} 1500ms`,
  );
};
