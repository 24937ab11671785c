import { type Find, isNothing, looksRandom } from './find.js';
import { basicPair, credentialsFind, fieldFinds } from './find-fields.js';
import { jsonLeaves } from './find-json.js';
import { type KeyClass, keyClassOf } from './key-words.js';
import { createScanner, nameCharacters, runEnd, tokenCharacters } from './scanner.js';

/** A word that may be the name of a secret holds one of these; that is looked for first, because most texts hold none. */
const nextStem = createScanner(
  (
    'pass pwd secret token auth cookie sess cred key jwt otp pin cvv cvc sig ticket code sid mnemonic assertion saml verifier hmac bearer basic csrf ' +
    'xsrf login'
  ).split(' '),
);

const longestWord = 64;

const isQuote = (character: string | undefined): boolean => character === '"' || character === "'" || character === '`';

/** Past at most 64 spaces, tabs and line ends. */
const pastSpace = (text: string, from: number): number => {
  let at = from;
  while (at < from + 64 && at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
};

const search = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(text);
};

/** Where a quoted text ends: at its closing quote, or at the end of all. */
export const quoteEnd = (text: string, from: number, quote: string): number => {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && text.charCodeAt(at - backslashes - 1) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
};

const inUrl = /[&#\s"'<>`\\]|;(?=\s|$)/g;
const inPair = /[&;,\s"'<>`\\)\]}]/g;
const inLine = /\r?\n(?![ \t])|$/g;
const inNumber = /-?\d[\d.]{0,64}/y;
const namedValue = /["'],\s{0,16}["']value["']\s{0,16}:\s{0,16}(["'])/y;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const wanted = (key: KeyClass, value: string, query: boolean): boolean => {
  if (isNothing(value)) return false;
  if (key.when === 'strong') return true;
  if (key.when === 'digits') return query || /^[0-9]{3,12}$/.test(value);
  if (query) return value.length >= 4;
  return key.when === 'random' && looksRandom(value);
};

/** What is found, and where to look on. */
interface Outcome {
  readonly finds: readonly Find[];
  readonly next: number;
}

const taken = (word: Word, key: KeyClass, { from, to, query = false }: { from: number; to: number; query?: boolean }): Outcome => {
  const { text } = word;
  const value = text.slice(from, to);
  // What is long is not looked at again, or a hostile text would take the square of its length.
  if (!wanted(key, value, query)) return { finds: [], next: to - from > 256 ? to : Math.max(word.end, from) };
  const kind = query ? 'query token' : 'value of a secret key';
  const finds = /authorization/i.test(word.name)
    ? credentialsFind(text, [from, to], kind)
    : [{ start: from, end: to, kind, reach: key.reach } as const];
  return { finds: finds.map((find) => ({ ...find, reach: key.reach })), next: to };
};

const inQuotes = (word: Word, key: KeyClass, from: number): Outcome => {
  const end = quoteEnd(word.text, from + 1, word.text[from] ?? '"');
  return taken(word, key, { from: from + 1, to: end });
};

/** Behind a colon: JSON, YAML, a script; or a header field when the word begins a line. */
const behindColon = (word: Word, key: KeyClass, { at, quoted }: { at: number; quoted: boolean }): Outcome => {
  const { text } = word;
  const from = pastSpace(text, at);
  const first = text[from];
  if (isQuote(first)) return inQuotes(word, key, from);
  if (first === '{' || first === '[') {
    const leaves = key.deep || first === '[' ? jsonLeaves(text, from) : null;
    return leaves ? { finds: leaves.finds, next: leaves.end } : { finds: [], next: from };
  }
  const number = search(inNumber, text, from)?.[0] ?? '';
  if (quoted) {
    return number.length >= 3 && key.when !== 'random' ? taken(word, key, { from, to: from + number.length }) : { finds: [], next: from };
  }
  // A sentence about a token is none: `token: expired`.
  const end = runEnd(text, from, tokenCharacters);
  return looksRandom(text.slice(from, end)) ? taken(word, key, { from, to: end }) : { finds: [], next: word.end };
};

const behindEquals = (word: Word, key: KeyClass, at: number): Outcome => {
  const { text, start } = word;
  const before = text[start - 1];
  const query = before === '?' || before === '&' || before === '#' || before === ';' || start === 0;
  if (key.when === 'query' && !query) return { finds: [], next: at };
  const from = query ? at : pastSpace(text, at);
  if (isQuote(text[from])) return inQuotes(word, key, from);
  const end = search(query ? inUrl : inPair, text, from)?.index ?? text.length;
  return taken(word, key, { from, to: end, query });
};

/** `Bearer abc`, `Basic dXNlcjpwYXNz` in the middle of a text. */
const behindScheme = (word: Word): Outcome => {
  const from = pastSpace(word.text, word.end);
  const next = from === word.end ? from : runEnd(word.text, from, tokenCharacters);
  const length = next - from;
  const value = word.text.slice(from, next);
  if (word.name.toLowerCase() === 'basic') {
    const pair = length >= 8 ? basicPair(value) : undefined;
    return pair ? { finds: credentialsFind(word.text, [word.start, next], 'authorization'), next } : { finds: [], next: word.end };
  }
  if (isNothing(value) || !(looksRandom(value) || value.length >= 24)) return { finds: [], next: word.end };
  return { finds: [{ start: from, end: next, kind: 'bearer token', reach: 'token' }], next };
};

const lineBegins = (text: string, at: number): boolean => at === 0 || text[at - 1] === '\n';

const judge = (word: Word): Outcome => {
  const { text, end, start, name } = word;
  const nothing = { finds: [], next: end };
  if (/^(?:bearer|basic)$/i.test(name)) return behindScheme(word);
  const quoted = isQuote(text[start - 1]) && text[end] === text[start - 1];
  const stomp = name === 'login' && lineBegins(text, start) && /^(?:CONNECT|STOMP)\r?\n/.test(text);
  const key: KeyClass | null = stomp ? { when: 'strong', reach: 'random', deep: false } : keyClassOf(name);
  if (!quoted && lineBegins(text, start) && text[end] === ':') {
    const stop = search(inLine, text, end)?.index ?? text.length;
    if (stomp || name === 'passcode')
      return taken(word, key ?? { when: 'strong', reach: 'password', deep: false }, { from: end + 1, to: stop });
    // Of a text that says `Cookie: a=b` in its first line nobody knows whether it is a header field, but for its name.
    if (text[end + 1] !== '"') {
      const finds = fieldFinds(text, name, [end + 1, stop]);
      if (finds.length > 0) return { finds: finds.filter((find) => !isNothing(text.slice(find.start, find.end))), next: stop };
    }
  }
  if (!key) return nothing;
  if (!quoted && text[end] === '>' && (text[start - 1] === '<' || text[start - 1] === ':')) {
    const stop = text.indexOf('<', end);
    return taken(word, key, { from: end + 1, to: stop === -1 ? text.length : stop });
  }
  if (quoted && text[end + 1] === ',') {
    const pair = search(namedValue, text, end);
    if (pair && key.when === 'strong') return inQuotes(word, key, end + pair[0].length - 1);
  }
  const at = pastSpace(text, quoted ? end + 1 : end);
  if (text[at] === ':') return behindColon(word, key, { at: at + 1, quoted });
  if (text[at] === '=' && text[at + 1] !== '=') return behindEquals(word, key, text[at + 1] === '>' ? at + 2 : at + 1);
  return nothing;
};

/** Whether what stands behind a word can make it the name of a value: a colon, an equals sign, a quote, a bracket or a space. */
const mayName = (text: string, end: number): boolean => {
  const code = text.charCodeAt(end);
  return code <= 0x20 || code === 0x3a || code === 0x3d || code === 0x22 || code === 0x27 || code === 0x60 || code === 0x3e;
};

/** Secrets by the name that stands before them: JSON, forms, queries, header fields, XML, scripts. Linear: what was looked at is not looked at again. */
export const findKeyed = (text: string, finds: Find[]): void => {
  for (let stem = nextStem(text, 0); stem < text.length; ) {
    let start = stem;
    const leftmost = Math.max(0, stem - longestWord);
    while (start > leftmost && nameCharacters[text.charCodeAt(start - 1)] === 1) start--;
    let end = stem;
    const rightmost = Math.min(text.length, stem + longestWord);
    while (end < rightmost && nameCharacters[text.charCodeAt(end)] === 1) end++;
    let next = end;
    if (end > stem && mayName(text, end)) {
      const outcome = judge({ text, start, end, name: text.slice(start, end) });
      for (const find of outcome.finds) finds.push(find);
      next = outcome.next;
    }
    stem = nextStem(text, Math.max(end, next, stem + 1));
  }
};
