/** A text as a reader sees it who undoes an encoding, and where each of its characters stands in the text as it is written. */
export interface View {
  readonly text: string;
  /** The place in the written text that the character at `index` begins at; of the length: the written length. */
  place(index: number): number;
  /** The place behind the character at `index`. */
  behind(index: number): number;
}

/** The text as it is written. */
class Written implements View {
  constructor(readonly text: string) {}
  place(index: number): number {
    return index;
  }
  behind(index: number): number {
    return index + 1;
  }
}

const short: Readonly<Record<string, number>> = { b: 8, f: 12, n: 10, r: 13, t: 9, '"': 0x22, '\\': 0x5c, '/': 0x2f };
const hexDigit = (code: number): number =>
  code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x41 && code <= 0x46 ? code - 0x37 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;

/** The number that `digits` hexadecimal digits at `at` are, or -1. */
const hexAt = (text: string, at: number, digits: number): number => {
  if (at + digits > text.length) return -1;
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = hexDigit(text.charCodeAt(index));
    if (digit === -1) return -1;
    value = value * 16 + digit;
  }
  return value;
};

/** An encoding: the character that begins what is encoded, and what that is: its length as written, and the code point, or -1 when it is none. */
interface Encoding {
  readonly mark: string;
  lengthAt(text: string, at: number): number;
  codeAt(text: string, at: number): number;
}

/** RFC 3986 section 2.1. */
const percent: Encoding = {
  mark: '%',
  lengthAt: () => 3,
  codeAt: (text, at) => hexAt(text, at + 1, 2),
};

/** RFC 8259 section 7. */
const escapes: Encoding = {
  mark: '\\',
  lengthAt: (text, at) => (text[at + 1] !== 'u' ? 2 : isPair(text, at) ? 12 : 6),
  codeAt: (text, at) => {
    const letter = text[at + 1] ?? '';
    if (letter !== 'u') return short[letter] ?? -1;
    const unit = hexAt(text, at + 2, 4);
    return isPair(text, at) ? 0x10000 + ((unit & 0x3ff) << 10) + (hexAt(text, at + 8, 4) & 0x3ff) : unit;
  },
};
const isPair = (text: string, at: number): boolean => {
  if (hexAt(text, at + 2, 4) >> 10 !== 0x36 || text[at + 6] !== '\\' || text[at + 7] !== 'u') return false;
  return hexAt(text, at + 8, 4) >> 10 === 0x37;
};

/** The text with every encoded character as its bytes (those of a code point of JSON are UTF-8), and where each stood; null when there is none. */
const decoded = (view: View, encoding: Encoding): View | null => {
  const { text } = view;
  const { mark } = encoding;
  let bytes: Buffer | null = null;
  let places: Int32Array | null = null;
  let length = 0;
  let at = 0;
  for (let next = text.indexOf(mark); next !== -1; next = text.indexOf(mark, next)) {
    const code = encoding.codeAt(text, next);
    if (code === -1) {
      next++;
      continue;
    }
    bytes ??= Buffer.allocUnsafe(text.length);
    places ??= new Int32Array(text.length + 1);
    length += bytes.write(text.slice(at, next), length, 'latin1');
    for (; at < next; at++) places[length - (next - at)] = at;
    const before = length;
    if (code < 0x80 || encoding === percent) bytes[length++] = code;
    else length += bytes.write(String.fromCodePoint(code), length, 'utf8');
    for (let index = before; index < length; index++) places[index] = next;
    next += encoding.lengthAt(text, next);
    at = next;
  }
  if (!bytes || !places) return null;
  length += bytes.write(text.slice(at), length, 'latin1');
  for (; at < text.length; at++) places[length - (text.length - at)] = at;
  places[length] = text.length;
  const found = places;
  /** Characters that one escape makes share their place. */
  const next = (index: number): number => {
    let following = index + 1;
    while (following < length && found[following] === found[index]) following++;
    return found[following] ?? text.length;
  };
  return {
    text: bytes.toString('latin1', 0, length),
    place: (index) => view.place(found[Math.min(index, length)] ?? 0),
    behind: (index) => view.behind(next(index) - 1),
  };
};

const percentView = (view: View): View | null => decoded(view, percent);
const jsonView = (view: View): View | null => decoded(view, escapes);

/** JSON inside JSON inside JSON, or a URL in the query of a URL in the query of a URL. */
const deepest = 3;
const mostViews = 8;

/** The text as it is written, and each way to undo what may encode it: at most 8, each no longer than the text. */
export const viewsOf = (text: string): readonly View[] => {
  const views: View[] = [new Written(text)];
  if (!text.includes('%') && !text.includes('\\')) return views;
  let layer = views;
  for (let depth = 0; depth < deepest && layer.length > 0; depth++) {
    const inner: View[] = [];
    for (const view of layer) {
      for (const undone of [percentView(view), jsonView(view)]) {
        if (undone && views.length + inner.length < mostViews && !inner.some((known) => known.text === undone.text)) inner.push(undone);
      }
    }
    views.push(...inner);
    layer = inner;
  }
  return views;
};

/** What a value says once every encoding is undone: the same secret is the same however it was written. */
export const plainest = (value: string): string => {
  let view: View = new Written(value);
  for (let depth = 0; depth < deepest; depth++) {
    const undone = percentView(view) ?? jsonView(view);
    if (!undone) break;
    view = undone;
  }
  return view.text;
};
