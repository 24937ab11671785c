import { visible } from '../wire/visible.js';

/** Characters that are shown of each text, and of them so many before the first one that differs. */
const shown = 160;
const before = 40;

/** Index of the first UTF-16 unit that differs, never inside a surrogate pair; the length of both when they are the same. */
export const firstDifference = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  const last = a.charCodeAt(at - 1);
  return at > 0 && last >= 0xd800 && last < 0xdc00 ? at - 1 : at;
};

const cut = (text: string, from: number): string =>
  `${from > 0 && text !== '' ? '…' : ''}${visible(text.slice(from, from + shown))}${text.length > from + shown ? '…' : ''}`;

/** Two texts as they may be shown: long ones cut around the first character that differs. */
export const around = (a: string, b: string): readonly [a: string, b: string] => {
  if (a.length <= shown && b.length <= shown) return [visible(a), visible(b)];
  const from = Math.max(0, firstDifference(a, b) - before);
  return [cut(a, from), cut(b, from)];
};
