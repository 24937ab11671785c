/**
 * Splits a field value at `separator`, but not inside a quoted string (RFC 9110 section 5.6). Parts are trimmed, quotes kept, empty parts
 * left out as RFC 9110 section 5.6.1.2 asks. A quote that never closes runs to the end.
 */
export const splitList = (value: string, separator: ',' | ';' = ','): string[] => {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  const cut = (end: number) => {
    const part = value.slice(start, end).replace(/^[ \t]+|[ \t]+$/g, '');
    if (part !== '') parts.push(part);
    start = end + 1;
  };
  for (let at = 0; at < value.length; at++) {
    const character = value[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') at++;
    else if (!quoted && character === separator) cut(at);
  }
  cut(value.length);
  return parts;
};

/** All members of a field that may stand in several lines, in order (RFC 9110 section 5.3). */
export const splitAll = (values: readonly string[]): string[] => values.flatMap((value) => splitList(value));

/** The text of a quoted string without its quotes and backslashes; any other text as it is. */
export const unquote = (text: string): string =>
  text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;

/** Whether text is a token (RFC 9110 section 5.6.2). */
export const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
