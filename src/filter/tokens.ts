import { Problem } from '../model/problem.js';

export type Token =
  | { readonly type: 'open' | 'close' | 'and' | 'or' | 'not'; readonly at: number; readonly text: string }
  | { readonly type: 'operator'; readonly at: number; readonly text: Operator }
  /** `quoted` is never a keyword or a pattern. `end` is where it ends in the text: a backslash makes it longer than its word. */
  | { readonly type: 'word'; readonly at: number; readonly text: string; readonly quoted: boolean; readonly end: number };

export const operators = ['!=', '!~', '<=', '>=', '==', '=', '~', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/** A longer filter is none that a person wrote. */
const longest = 4096;

/** The place in the text, with a caret under it: what is shown below the sentence. At most 70 characters around it. */
const caret = (text: string, at: number): string => {
  const from = Math.max(0, at - 40);
  const excerpt = text.slice(from, from + 70).replace(/\s/g, ' ');
  return `  ${from > 0 ? '…' : ''}${excerpt}\n  ${' '.repeat(at - from + (from > 0 ? 1 : 0))}^`;
};

/** `at` is the place in the text, in UTF-16 units; `why` a sentence without the text. */
export class FilterProblem extends Problem {
  constructor(
    text: string,
    readonly at: number,
    readonly why: string,
  ) {
    super('SHK_USAGE', `The filter cannot be read: ${why}\n${caret(text, at)}`, 'The fields and operators: docs/filter.md');
  }
}

const singles: Readonly<Record<string, 'open' | 'close' | 'and' | 'or' | 'not'>> = { '(': 'open', ')': 'close', '!': 'not' };
const keywords: Readonly<Record<string, 'and' | 'or' | 'not'>> = { and: 'and', or: 'or', not: 'not' };

/** The words of a filter. Throws a Problem (SHK_USAGE) that points at the place. */
export const tokensOf = (text: string): readonly Token[] => {
  if (text.length > longest) throw new FilterProblem(text, 0, `it has ${text.length} characters; ${longest} is the most.`);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    const two = text.slice(at, at + 2);
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    if (two === '&&' || two === '||') tokens.push({ type: two === '&&' ? 'and' : 'or', at, text: two });
    else {
      const operator = operators.find((known) => text.startsWith(known, at));
      const single = Object.hasOwn(singles, character) ? singles[character] : undefined;
      if (operator !== undefined) tokens.push({ type: 'operator', at, text: operator });
      else if (single !== undefined) tokens.push({ type: single, at, text: character });
      else if (character === '"' || character === "'") tokens.push(quotedWord(text, at));
      else tokens.push(bareWord(text, at));
    }
    at = endOf(text, tokens.at(-1));
  }
  return tokens;
};

const endOf = (text: string, token: Token | undefined): number => {
  if (!token) return text.length;
  return token.type === 'word' ? token.end : token.at + token.text.length;
};

const quotedWord = (text: string, at: number): Token => {
  let word = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === text[at]) return { type: 'word', at, text: word, quoted: true, end: i + 1 };
    if (text[i] === '\\') i += 1;
    word += text[i] ?? '';
  }
  throw new FilterProblem(text, at, 'this quote is not closed.');
};

/** What a word may hold without quotes and without a backslash. */
const plain = /[^\s"'()=!~<>&|\\]/;

/** A backslash takes what follows it for itself, and leaves `*` elsewhere in the word what it is. */
const bareWord = (text: string, at: number): Token => {
  let word = '';
  let i = at;
  for (; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\' && i + 1 < text.length) word += text[++i] ?? '';
    else if (plain.test(character)) word += character;
    else break;
  }
  if (i === at) throw new FilterProblem(text, at, `${JSON.stringify(text[at])} means nothing here.`);
  const keyword = i === at + word.length && Object.hasOwn(keywords, word) ? keywords[word] : undefined;
  return keyword ? { type: keyword, at, text: word } : { type: 'word', at, text: word, quoted: false, end: i };
};

/** A value as a filter holds it: not a pattern, or, with `pattern`, one in which `*` stands for any characters. */
export const quoted = (value: string, { pattern = false } = {}): string => {
  const isWord = value !== '' && !Object.hasOwn(keywords, value);
  if (isWord && !value.includes('*') && [...value].every((character) => plain.test(character))) return value;
  if (isWord && pattern) return [...value].map((character) => (plain.test(character) ? character : `\\${character}`)).join('');
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
};
