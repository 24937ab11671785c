import { visible } from '../../wire/visible.js';

/** As many combining marks stay on a character as `fit` leaves it in the terminal: a thousand would cover the lines above. */
const tooManyMarks = /(\p{M}{8})\p{M}+/gu;

/** Text of any origin as a reader may see it: line feeds stay, all else that is obeyed or unseen is written out. */
export const shown = (text: string): string =>
  visible(text, { keepLf: true }).replace(tooManyMarks, (marks, kept: string) => `${kept}<${[...marks].length - 8} more marks>`);

/** The same on one line. */
export const shownLine = (text: string): string => shown(text).replaceAll('\n', '\\n');

/** The start of a text that is too long, and how long it is; half a character is not left at its end. */
export const clip = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}… (${(text.length - most).toLocaleString('en')} more characters)`;

/** `2026-01-31 12:00:00.123 UTC`: a report is read in other time zones than it is written in. The text itself when it is no time. */
export const utc = (iso: string): string => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d{3})?)\d*Z$/.exec(iso) ?? [];
  return day === undefined ? clip(iso, 40) : `${day} ${time} UTC`;
};

/** `1,234`. */
export const number = (n: number): string => n.toLocaleString('en');
