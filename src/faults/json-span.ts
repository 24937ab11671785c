/** Where a value stands in a JSON text. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** `user.name`, `items[0].id`, `["a.b"].c`, a leading `$.` or `$` allowed: its steps; undefined when it cannot be read. */
export const readJsonPath = (path: string): readonly (string | number)[] | undefined => {
  const step = /\.?([A-Za-z_][\w-]*)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/y;
  const steps: (string | number)[] = [];
  let at = path.startsWith('$') ? 1 : 0;
  while (at < path.length) {
    step.lastIndex = at;
    const found = step.exec(path);
    if (!found) return undefined;
    const [, name, index, quoted] = found;
    steps.push(name ?? (index === undefined ? (quoted ?? '').replace(/\\(.)/gs, '$1') : Number(index)));
    at = step.lastIndex;
  }
  return steps;
};

const white = /[\t\n\r ]*/y;
const scalar = /-?\d[\d.eE+-]*|true|false|null/y;

/**
 * Finds a value by its steps without building the rest, so that all other characters can stay as they are. Of a name that comes twice the
 * last one counts, as in JSON.parse. Undefined: it is not there, or the text is no JSON so far. Depth costs no stack.
 */
export const findJsonSpan = (text: string, steps: readonly (string | number)[]): JsonSpan | undefined => {
  let at = skipWhite(text, 0);
  for (const step of steps) {
    const inside = typeof step === 'number' ? itemStart(text, at, step) : memberStart(text, at, step);
    if (inside === undefined) return undefined;
    at = inside;
  }
  const end = valueEnd(text, at);
  return end === undefined ? undefined : { start: at, end };
};

const skipWhite = (text: string, at: number): number => {
  white.lastIndex = at;
  white.exec(text);
  return white.lastIndex;
};

const memberStart = (text: string, open: number, name: string): number | undefined => {
  if (text[open] !== '{') return undefined;
  let found: number | undefined;
  let at = skipWhite(text, open + 1);
  while (text[at] === '"') {
    const nameEnd = stringEnd(text, at);
    if (nameEnd === undefined) return undefined;
    const colon = skipWhite(text, nameEnd);
    if (text[colon] !== ':') return undefined;
    const start = skipWhite(text, colon + 1);
    const end = valueEnd(text, start);
    if (end === undefined) return undefined;
    if (nameOf(text.slice(at, nameEnd)) === name) found = start;
    at = skipWhite(text, end);
    if (text[at] !== ',') break;
    at = skipWhite(text, at + 1);
  }
  return text[at] === '}' ? found : undefined;
};

const itemStart = (text: string, open: number, index: number): number | undefined => {
  if (text[open] !== '[') return undefined;
  let at = skipWhite(text, open + 1);
  for (let left = index; ; left--) {
    const end = valueEnd(text, at);
    if (end === undefined) return undefined;
    if (left === 0) return at;
    at = skipWhite(text, end);
    if (text[at] !== ',') return undefined;
    at = skipWhite(text, at + 1);
  }
};

const nameOf = (quoted: string): string | undefined => {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
};

const stringEnd = (text: string, start: number): number | undefined => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
};

/** Of an object or array only its brackets and strings are looked at. */
const valueEnd = (text: string, start: number): number | undefined => {
  const first = text[start];
  if (first === '"') return stringEnd(text, start);
  if (first !== '{' && first !== '[') {
    scalar.lastIndex = start;
    return scalar.test(text) ? scalar.lastIndex : undefined;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      const end = stringEnd(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (letter === '{' || letter === '[') depth++;
    else if ((letter === '}' || letter === ']') && --depth === 0) return at + 1;
  }
  return undefined;
};
