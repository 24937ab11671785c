import { shown, shownLine } from './shown.js';

/** One more backquote than the longest run in it, so that nothing in it ends what it stands in (CommonMark 6.1, 4.5). */
const ticksFor = (text: string, least: number): string =>
  '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));

/** Text of any origin as a code span: no markup, mention, reference or link in it has a meaning. A bar would end a cell of a table, so it is written out. */
export const code = (text: string): string => {
  const line = shownLine(text).replaceAll('|', '<U+007C>');
  if (line.trim() === '') return line === '' ? '(empty)' : '(spaces)';
  const ticks = ticksFor(line, 1);
  const edge = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${ticks}${edge}${line}${edge}${ticks}`;
};

/** Lines of any origin as a fenced block. `info` is a word of ours. */
export const fence = (text: string, info = 'text'): string => {
  const lines = shown(text.replace(/\n+$/, ''));
  const ticks = ticksFor(lines, 3);
  return `${ticks}${info}\n${lines}\n${ticks}`;
};

/** Words that no Markdown and no tracker gives a meaning to: letters, short numbers and sections, and a stop behind them. */
const plainWord = /^(?:[A-Za-z]{1,40}(?:['-][A-Za-z]{1,40}){0,4}|\d{1,5}(?:\.\d{1,3}){0,2})[.,;:!?]?$/;
/** A word of hex letters may be the name of a commit. */
const hexWord = /^[a-f]{7,}[.,;:!?]?$/i;

/** A sentence that may quote what was captured: plain words stay, all else goes into code spans. For the middle of a line only. */
export const prose = (sentence: string): string => {
  const parts: { readonly plain: boolean; text: string }[] = [];
  for (const word of shownLine(sentence).split(' ')) {
    const plain = plainWord.test(word) && !hexWord.test(word);
    const last = parts.at(-1);
    if (last && last.plain === plain) last.text += ` ${word}`;
    else parts.push({ plain, text: word });
  }
  return parts.map(({ plain, text }) => (plain ? text : code(text))).join(' ');
};
