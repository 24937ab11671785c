import { assemble, cut, dissect, type FieldText, mapFields } from './head-lines.js';

/*
 * Edits of how a head is written and not of what it says, and harm to its syntax (RFC 9112 section 5). Bytes of lines that are not
 * touched stay as they came, here too.
 */

export const cases = ['lower', 'upper', 'title', 'swap'] as const;
type Case = (typeof cases)[number];

const changeCase: Readonly<Record<Case, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  title: (text) => text.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
  swap: (text) => [...text].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join(''),
};

/** The names of all fields in another case, which means the same (RFC 9110 section 5.1). */
export const withNamesIn = (raw: string, how: Case): string =>
  mapFields(raw, ({ name, before, value, after }) => changeCase[how](name) + before.slice(name.length) + value + after);

/** The values of those fields in another case. */
export const withValuesIn = (raw: string, how: Case, names: readonly string[]): string =>
  mapFields(raw, ({ before, value, after }) => before + changeCase[how](value) + after, names);

export const spacings = ['none', 'wide', 'tab', 'trailing', 'trailing-tab'] as const;

/** Other optional white space around all values (OWS, RFC 9112 section 5). */
export const withSpacing = (raw: string, how: (typeof spacings)[number]): string =>
  mapFields(raw, ({ name, value, after }) => {
    const lineEnd = /\r?\n?$/.exec(after)?.[0] ?? '';
    const colon = `${name}:`;
    if (how === 'none') return colon + value + lineEnd;
    if (how === 'wide') return `${colon}    ${value}${lineEnd}`;
    if (how === 'tab') return `${colon}\t${value}${lineEnd}`;
    return `${colon} ${value}${how === 'trailing' ? '  ' : '\t'}${lineEnd}`;
  });

/** The same field lines in another order. Fields of one name keep theirs, because it has a meaning (RFC 9110 section 5.3). */
export const withOrder = (raw: string, sorted: (lines: readonly FieldText[]) => readonly FieldText[]): string => {
  const head = dissect(raw);
  // What was cut short has no line end: nothing may come behind it.
  if (head.rest === '') return raw;
  const left = [...head.lines];
  const lines = sorted(head.lines).flatMap(({ name }) => {
    const at = left.findIndex((line) => line.name === name);
    return left.splice(at, at === -1 ? 0 : 1);
  });
  return assemble({ ...head, lines });
};

/** A field's first line once more behind itself, with its own value or another one. The head as it is when there is none. */
export const repeatField = (raw: string, name: string, value?: string): string => {
  const head = dissect(raw);
  const wanted = name.toLowerCase();
  const at = head.lines.findIndex((line) => line.name === wanted);
  const line = head.lines[at];
  if (!line) return raw;
  const { before, value: own, after } = cut(line.text);
  const copy = { ...line, text: before + (value ?? own) + after };
  return assemble({ ...head, lines: head.lines.toSpliced(at + 1, 0, copy) });
};

/** A field's value on a line of its own behind the name (obs-fold, RFC 9112 section 5.2). */
export const foldField = (raw: string, name: string): string =>
  mapFields(raw, ({ name: own, value, after }) => `${own}:\r\n ${value}${after}`, [name]);

/** White space between a field's name and its colon (RFC 9112 section 5.1). */
export const spaceBeforeColon = (raw: string, name: string): string =>
  mapFields(raw, ({ name: own, before, value, after }) => `${own.trimEnd()} ${before.slice(own.length)}${value}${after}`, [name]);

/** Every line of the head ends with LF alone; what stands behind the head stays. */
export const withBareLineFeeds = (raw: string): string => {
  const { start, lines, rest } = dissect(raw);
  const bare = (text: string): string => text.replaceAll('\r\n', '\n');
  return assemble({
    start: bare(start),
    lines: lines.map((line) => ({ ...line, text: bare(line.text) })),
    rest: rest.replace(/^\r\n/, '\n'),
  });
};

/** One more line behind the start line, as it is, whatever it says; latin1, without its line end. */
export const insertLine = (raw: string, line: string): string => {
  const { start, lines, rest } = dissect(raw);
  return assemble({ start, lines: [{ name: '', text: `${line}\r\n` }, ...lines], rest });
};
