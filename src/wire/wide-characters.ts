/**
 * Code points that take two columns and are no emoji: East Asian Width W and F (UAX 11, Unicode 17). Ranges run over unassigned ones and
 * over emoji, which are wide as well.
 */
const ranges =
  '1100-115f 2329-232a 2630-2637 268a-268f 2e80-303e 3041-3247 3250-a4c6 a960-a97c ac00-d7a3 f900-faff fe10-fe19 fe30-fe6b ff01-ff60 ' +
  'ffe0-ffe6 16fe0-1b2fb 1d300-1d376 1f200-1f265 20000-3fffd';

const bounds = ranges.split(' ').map((range) => range.split('-').map((hex) => Number.parseInt(hex, 16)));
const wideEmoji = /^(?![\u{1f1e6}-\u{1f1ff}])\p{Emoji_Presentation}/u;

/** Whether the first character of `text` takes two columns in a terminal. */
export const isWide = (text: string): boolean => {
  const code = text.codePointAt(0) ?? 0;
  if (code < 0x1100) return false;
  return wideEmoji.test(text) || bounds.some(([first = 0, last = 0]) => code >= first && code <= last);
};
