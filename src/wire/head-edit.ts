import { Problem } from '../model/problem.js';
import { assemble, cut, dissect } from './head-lines.js';

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
  const unwanted = token.toLowerCase();
  return removeMembers(raw, name, { separator: ',', isUnwanted: (member) => member.trim().toLowerCase() === unwanted });
};

/** The cookies of those names (upper and lower case differ) out of Cookie; a field that is left empty goes. */
export const removeCookies = (raw: string, names: readonly string[]): string =>
  removeMembers(raw, 'Cookie', { separator: ';', isUnwanted: (member) => names.includes(member.split('=', 1)[0]?.trim() ?? '') });

const removeMembers = (
  raw: string,
  name: string,
  { separator, isUnwanted }: { readonly separator: ',' | ';'; readonly isUnwanted: (member: string) => boolean },
): string => {
  const head = dissect(raw);
  const wanted = name.toLowerCase();
  const lines = head.lines.flatMap((line) => {
    if (line.name !== wanted) return [line];
    const { before, value, after } = cut(line.text);
    const members = value.split(separator);
    const kept = members.filter((member) => !isUnwanted(member));
    if (kept.length === members.length) return [line];
    if (kept.every((member) => member.trim() === '')) return [];
    return [{ ...line, text: before + kept.join(separator).trimStart() + after }];
  });
  return assemble({ ...head, lines });
};

const refuseSplitting = (name: string, value: string): void => {
  // With the colon of a pseudo-header field of HTTP/2.
  if (!/^:?[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
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
