/** A text as a reader sees it who undoes an encoding, and where each of its characters stands in the text as it is written. */
export interface View {
  readonly text: string;
  /** The place in the written text that the character at `index` begins at; of the length: the written length. */
  place(index: number): number;
  /** The place behind the character at `index`. */
  behind(index: number): number;
}

const plain = (text: string): View => ({ text, place: (index) => index, behind: (index) => index + 1 });

const percent = /%[0-9A-Fa-f]{2}/g;
const escapes = /\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|["\\/bfnrt])/g;

const short: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const ofPercent = (written: string): string => String.fromCharCode(Number.parseInt(written.slice(1), 16));

/** As UTF-8, one character a byte, because a message is bytes. */
const ofEscape = (written: string): string => {
  const letter = written[1] ?? '';
  if (letter !== 'u') return short[letter] ?? letter;
  const units = written.split('\\u').slice(1);
  const character = String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
  return character.charCodeAt(0) < 0x80 ? character : Buffer.from(character, 'utf8').toString('latin1');
};

const decoded = (view: View, pattern: RegExp, decode: (written: string) => string): View | null => {
  const { text } = view;
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (!match) return null;
  const parts: string[] = [];
  const places = new Int32Array(text.length + 1);
  let length = 0;
  let at = 0;
  const keep = (to: number): void => {
    if (to > at) parts.push(text.slice(at, to));
    while (at < to) places[length++] = at++;
  };
  for (; match; match = pattern.exec(text)) {
    keep(match.index);
    const made = decode(match[0]);
    parts.push(made);
    for (let index = 0; index < made.length; index++) places[length++] = at;
    at = pattern.lastIndex;
  }
  keep(text.length);
  places[length] = text.length;
  /** Characters that one escape makes share their place. */
  const next = (index: number): number => {
    let following = index + 1;
    while (following < length && places[following] === places[index]) following++;
    return places[following] ?? text.length;
  };
  return {
    text: parts.join(''),
    place: (index) => view.place(places[Math.min(index, length)] ?? 0),
    behind: (index) => view.behind(next(index) - 1),
  };
};

/** Undoes percent-encoding (RFC 3986 section 2.1); null when there is none. */
const percentView = (view: View): View | null => decoded(view, percent, ofPercent);
/** Undoes the escapes of JSON strings (RFC 8259 section 7); null when there are none. */
const jsonView = (view: View): View | null => decoded(view, escapes, ofEscape);

/** JSON inside JSON inside JSON, or a URL in the query of a URL in the query of a URL. */
const deepest = 3;
const mostViews = 8;

/** The text as it is written, and each way to undo what may encode it: at most 8, each no longer than the text. */
export const viewsOf = (text: string): readonly View[] => {
  const views: View[] = [plain(text)];
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
  let text = value;
  for (let depth = 0; depth < deepest; depth++) {
    const undone = text.replace(percent, ofPercent).replace(escapes, ofEscape);
    if (undone === text) break;
    text = undone;
  }
  return text;
};
