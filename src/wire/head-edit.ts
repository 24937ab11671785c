import { Problem } from '../model/problem.js';

/*
 * Surgery on a head as latin1 text. Only the touched field line changes: case, order, spacing, line ends, odd lines and whatever
 * stands behind the blank line stay as they came. A field that goes on over further lines (obs-fold) counts as one line.
 */

/** What forbids a text in a field value (RFC 9110 section 5.5), as the end of a sentence; undefined when it may stand there. */
export const fieldValueDefect = (value: string): string | undefined => {
  if (/[\r\n\0]/.test(value)) return 'holds a line break or NUL, which would begin another header field';
  // Written as latin1, U+010A loses its upper byte and becomes a line feed.
  if (/[^\0-\xff]/.test(value)) return 'holds a character that one byte cannot carry';
  return undefined;
};

/** Every field of that name goes. */
export const removeField = (raw: string, name: string): string => {
  const head = dissect(raw);
  const wanted = name.toLowerCase();
  return assemble({ ...head, lines: head.lines.filter((line) => line.name !== wanted) });
};

/**
 * The first field of that name gets the value and keeps its place, its case and its spacing; further ones of the name go. Without
 * one, the field is added at the end. Throws a Problem when name or value could make more than one field.
 */
export const setField = (raw: string, name: string, value: string): string => {
  refuseSplitting(name, value);
  const head = dissect(raw);
  const wanted = name.toLowerCase();
  const first = head.lines.find((line) => line.name === wanted);
  if (!first) return addField(raw, name, value);
  const { before, after } = cut(first.text);
  const lines = head.lines.filter((line) => line === first || line.name !== wanted);
  return assemble({ ...head, lines: lines.map((line) => (line === first ? { ...line, text: before + value + after } : line)) });
};

/** Behind the last field, with the line end that the head uses. Throws a Problem as `setField` does. */
export const addField = (raw: string, name: string, value: string): string => {
  refuseSplitting(name, value);
  const head = dissect(raw);
  const last = head.lines.at(-1)?.text ?? head.start;
  const lineEnd = /\r?\n$/.exec(last)?.[0] ?? '\r\n';
  const text = `${last.endsWith('\n') ? '' : lineEnd}${name}: ${value}${lineEnd}`;
  return assemble({ ...head, lines: [...head.lines, { name: name.toLowerCase(), text }] });
};

/**
 * One token of a comma-separated list (`Connection`, `Upgrade`), in any case, out of every field of that name; the other members stay
 * as they are written. A field that is left empty goes. Not for lists with quoted strings.
 */
export const removeListToken = (raw: string, name: string, token: string): string => {
  const head = dissect(raw);
  const wanted = name.toLowerCase();
  const unwanted = token.toLowerCase();
  const lines = head.lines.flatMap((line) => {
    if (line.name !== wanted) return [line];
    const { before, value, after } = cut(line.text);
    const members = value.split(',');
    const kept = members.filter((member) => member.trim().toLowerCase() !== unwanted);
    if (kept.length === members.length) return [line];
    if (kept.every((member) => member.trim() === '')) return [];
    return [{ ...line, text: before + kept.join(',').trimStart() + after }];
  });
  return assemble({ ...head, lines });
};

/** One field as it is written, line end and continuation lines included; `name` in lower case, '' for a line without a colon. */
interface FieldLine {
  readonly name: string;
  readonly text: string;
}

interface Parts {
  readonly start: string;
  readonly lines: readonly FieldLine[];
  /** The blank line and what stands behind it. */
  readonly rest: string;
}

const dissect = (raw: string): Parts => {
  const texts: string[] = [];
  let at = 0;
  while (at < raw.length) {
    const end = raw.indexOf('\n', at);
    const text = end === -1 ? raw.slice(at) : raw.slice(at, end + 1);
    if (text === '\n' || text === '\r\n') break;
    const folded = texts.length > 1 && (text.startsWith(' ') || text.startsWith('\t'));
    if (folded) texts.push((texts.pop() ?? '') + text);
    else texts.push(text);
    at += text.length;
  }
  const [start = '', ...fields] = texts;
  const lines = fields.map((text) => ({
    name: text
      // A pseudo-header field of HTTP/2 begins with a colon of its own.
      .slice(0, Math.max(0, text.indexOf(':', 1)))
      .trimEnd()
      .toLowerCase(),
    text,
  }));
  return { start, lines, rest: raw.slice(at) };
};

const assemble = ({ start, lines, rest }: Parts): string => start + lines.map((line) => line.text).join('') + rest;

/** By hand, because a regular expression takes the square of the time on a value full of spaces, and the client writes the value. */
const cut = (text: string): { readonly before: string; readonly value: string; readonly after: string } => {
  const blank = (at: number) => text[at] === ' ' || text[at] === '\t';
  let start = text.indexOf(':', 1) + 1;
  while (blank(start)) start++;
  let stop = text.length;
  if (text[stop - 1] === '\n') stop--;
  if (text[stop - 1] === '\r') stop--;
  while (stop > start && blank(stop - 1)) stop--;
  return { before: text.slice(0, start), value: text.slice(start, stop), after: text.slice(stop) };
};

const refuseSplitting = (name: string, value: string): void => {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    throw new Problem('SHK_FAULT', `${JSON.stringify(name)} cannot be the name of a header field.`, 'Use letters, digits and hyphens.');
  }
  const defect = fieldValueDefect(value);
  if (defect !== undefined) {
    throw new Problem('SHK_FAULT', `The value for ${name} ${defect}.`, 'Use one line of characters up to U+00FF.');
  }
};

/** Another start line; its end of line stays as it was. */
export const setStartLine = (raw: string, startLine: string): string => {
  const end = raw.search(/\r?\n/);
  return end === -1 ? startLine : startLine + raw.slice(end);
};
