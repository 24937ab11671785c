/** A token of JSON (RFC 8259) behind white space: punctuation, a string, or a number or word. */
const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

type Due = 'value' | 'first-value' | 'first-key' | 'key' | 'colon' | 'comma';
const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const deepest = 12;

/** What may follow, or null where this token may not stand. */
const next = (due: Due, word: string, open: string[]): Due | null => {
  const top = open.at(-1);
  if (word === '}' || word === ']') {
    const may = due === 'comma' || due === (word === '}' ? 'first-key' : 'first-value');
    return may && top !== undefined && closers[top] === word && open.pop() ? 'comma' : null;
  }
  if (word === ',') return due === 'comma' && top !== undefined ? (top === '{' ? 'key' : 'value') : null;
  if (word === ':') return due === 'colon' ? 'value' : null;
  if (due === 'key' || due === 'first-key') return word.startsWith('"') ? 'colon' : null;
  if (due !== 'value' && due !== 'first-value') return null;
  if (word !== '{' && word !== '[') return 'comma';
  open.push(word);
  return word === '{' ? 'first-key' : 'first-value';
};

/**
 * An object or array with nothing nested in it: on one line where that is short. No string holds a line feed, so none is changed. There is
 * one way only to match each line, or a hostile payload would cost ages.
 */
const innermost = /([{[])\n +(?! )([^{}[\]\n]*(?:\n +(?! )[^{}[\]\n]*){0,30})\n *([}\]])/g;
const joined = (lines: string): string =>
  lines.replace(innermost, (whole, open: string, inner: string, close: string) => {
    const line = `${open} ${inner.replace(/\n +/g, ' ')} ${close}`;
    return line.length <= 72 ? line : whole;
  });

/**
 * An object or array of JSON with one member a line; null when the text is none. Tokens are handed on as they came: parsing would round
 * numbers and drop a key that is there twice. `cut`: the text lacks its end. Stops behind about `most` characters of the text; `taken` of them are in it.
 */
export const jsonLines = (
  text: string,
  { cut, most }: { readonly cut: boolean; readonly most: number },
): { readonly lines: string; readonly taken: number } | null => {
  if (!/^[ \t\r\n]*[{[]/.test(text)) return null;
  const open: string[] = [];
  let due: Due = 'value';
  let lines = '';
  token.lastIndex = 0;
  for (let at = 0; ; at = token.lastIndex) {
    if (at > most || lines.length > most * 3) return { lines: joined(lines), taken: at };
    const found = token.exec(text);
    if (!found) {
      const rest = text.slice(at).trim();
      if (rest === '') return open.length === 0 || cut ? { lines: joined(lines), taken: text.length } : null;
      return cut && open.length > 0 && !/^[{}[\],:]/.test(rest) ? { lines: lines + rest, taken: text.length } : null;
    }
    const word = found[1] ?? found[2] ?? found[3] ?? '';
    const empty = due === 'first-key' || due === 'first-value';
    const after = next(due, word, open);
    if (after === null || (open.length === 0 && lines === '' && after === 'comma')) return null;
    const indent = `\n${'  '.repeat(Math.min(deepest, open.length))}`;
    if (word === '}' || word === ']') lines += empty ? word : indent + word;
    else if (word === ',') lines += `,${indent}`;
    else if (word === ':') lines += ': ';
    else lines += empty ? `\n${'  '.repeat(Math.min(deepest, open.length - (after.startsWith('first') ? 1 : 0)))}${word}` : word;
    due = after;
  }
};
