import { isWide } from './wide-characters.js';

/**
 * Everything that a terminal obeys or a reader cannot see: C0, DEL, C1, line and paragraph separators, bidirectional and zero-width
 * characters, tags, fillers, lone surrogates, and a variation selector that follows no emoji. U+FE0F after an emoji stays.
 */
const unseen = /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]|(?<!\p{Emoji})\ufe0f/gu;
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes captured text fit for a terminal or a log: control characters become `\x1b`, `\n`, ...; invisible ones `<U+202E>`. The one
 * function between data and anything that is shown; with `keepLf` line feeds stay. What it returns, it returns unchanged a second time.
 */
export const visible = (text: string, { keepLf = false }: { readonly keepLf?: boolean } = {}): string =>
  text.replace(unseen, (character) => {
    if (character === '\n' && keepLf) return character;
    const hex = (character.codePointAt(0) ?? 0).toString(16);
    return /\p{Cc}/u.test(character)
      ? (shortEscapes[character] ?? `\\x${hex.padStart(2, '0')}`)
      : `<U+${hex.toUpperCase().padStart(4, '0')}>`;
  });

/** The most combining marks that `fit` leaves on one character. */
const mostMarks = 8;
const tooManyMarks = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, 'gu');
/** Code units of the longest grapheme that is worth showing; text is cut by this before it is segmented. */
const longestGrapheme = 64;
/** Characters of one column each that never join: ASCII, Latin, dashes, quotes, the ellipsis, plain arrows, box drawing. */
const plain = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u257f]*$/;
const segmenter = new Intl.Segmenter();

const seen = /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]/u;
const jamo = /[\u1100-\u11ff]/;
const addsWidth = /[\p{Mc}\u1100-\u11ff\ua960-\ua97c\uac00-\ud7fb\uff00-\uffef]/u;
// Node has the `v` flag since version 20; the compiler's target has not, so it may not see it in a literal.
const setNotation = 'v';
const emojiSequence = new RegExp('^\\p{RGI_Emoji}$', setNotation);
const joinedEmoji = /\p{Extended_Pictographic}.*\u200d.*\p{Extended_Pictographic}|^[\d#*]\u20e3$/u;

/** Columns of one grapheme, counted as Ink's string-width does, so that both agree where a line ends. */
const graphemeWidth = (grapheme: string): number => {
  if (grapheme.length === 1 && plain.test(grapheme)) return 1;
  // Composed, so that Korean letters that form one syllable count once.
  const composed = jamo.test(grapheme) ? grapheme.normalize('NFC') : grapheme;
  const [base, ...others] = [...composed].filter((character) => seen.test(character));
  if (base === undefined) return 0;
  if (emojiSequence.test(grapheme) || (grapheme.length < longestGrapheme && joinedEmoji.test(grapheme))) return 2;
  const columns = (character: string) => (isWide(character) ? 2 : 1);
  return others.filter((character) => addsWidth.test(character)).reduce((sum, character) => sum + columns(character), columns(base));
};

/** Columns that `visible` text takes in a terminal. */
export const displayWidth = (text: string): number => {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
};

/**
 * Cuts `visible` text to at most `width` columns, between graphemes; what was cut shows as `…`. Costs no more for ten megabytes than for
 * a line.
 */
export const fit = (text: string, width: number): string => {
  if (width < 1) return '';
  if (plain.test(text.slice(0, width + 1))) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  const start = text.slice(0, (width + 1) * longestGrapheme);
  let whole = '';
  let beforeEllipsis = '';
  let used = 0;
  for (const { segment, index } of segmenter.segment(start)) {
    // The last grapheme of a shortened text may have lost its end.
    const broken = start.length < text.length && index + segment.length === start.length;
    const grapheme = segment.replace(tooManyMarks, '$1');
    used += graphemeWidth(grapheme);
    if (used > width || broken) return `${beforeEllipsis}…`;
    whole += grapheme;
    if (used < width) beforeEllipsis = whole;
  }
  return whole;
};
