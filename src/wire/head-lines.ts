/*
 * A head as latin1 text, taken apart into lines and put together again without a byte lost: what the edits of heads are made of. A field
 * that goes on over further lines (obs-fold) counts as one line.
 */

/** One field as it is written, line end and continuation lines included; `name` in lower case, '' for a line without a colon. */
export interface FieldText {
  readonly name: string;
  readonly text: string;
}

export interface HeadParts {
  readonly start: string;
  readonly lines: readonly FieldText[];
  /** The blank line and what stands behind it. */
  readonly rest: string;
}

export const dissect = (raw: string): HeadParts => {
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
  return { start, lines: fields.map((text) => ({ name: nameOf(text).trimEnd().toLowerCase(), text })), rest: raw.slice(at) };
};

/** As it is written, white space before the colon included. A pseudo-header field of HTTP/2 begins with a colon of its own. */
const nameOf = (text: string): string => text.slice(0, Math.max(0, text.indexOf(':', 1)));

export const assemble = ({ start, lines, rest }: HeadParts): string => start + lines.map((line) => line.text).join('') + rest;

/** By hand, because a regular expression takes the square of the time on a value full of spaces, and the client writes the value. */
export const cut = (text: string): { readonly before: string; readonly value: string; readonly after: string } => {
  const blank = (at: number) => text[at] === ' ' || text[at] === '\t';
  let start = text.indexOf(':', 1) + 1;
  while (blank(start)) start++;
  let stop = text.length;
  if (text[stop - 1] === '\n') stop--;
  if (text[stop - 1] === '\r') stop--;
  while (stop > start && blank(stop - 1)) stop--;
  return { before: text.slice(0, start), value: text.slice(start, stop), after: text.slice(stop) };
};

/** The lines of those names, changed one by one; all of them without names. Pseudo-header fields and lines without a colon stay as they are. */
export const mapFields = (
  raw: string,
  edit: (line: { readonly name: string; readonly before: string; readonly value: string; readonly after: string }) => string,
  names?: readonly string[],
): string => {
  const head = dissect(raw);
  const wanted = names?.map((name) => name.toLowerCase());
  const lines = head.lines.map((line) => {
    if (line.name === '' || line.name.startsWith(':') || (wanted && !wanted.includes(line.name))) return line;
    return { ...line, text: edit({ name: nameOf(line.text), ...cut(line.text) }) };
  });
  return assemble({ ...head, lines });
};
