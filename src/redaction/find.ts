/** The kinds of secrets that a summary counts. */
export type SecretKind =
  | 'authorization'
  | 'proxy credentials'
  | 'cookie'
  | 'header token'
  | 'query token'
  | 'subprotocol token'
  | 'credentials in a URL'
  | 'value of a secret key'
  | 'json web token'
  | 'known key prefix'
  | 'bearer token'
  | 'private key'
  | 'connection payload'
  | 'cut by a gap'
  | 'the same secret elsewhere';

/**
 * How far a secret is looked for outside the place that gave it away. `password`: everywhere, but for ordinary words. `token`: everywhere when it
 * does not read like a word. `random`: when it looks made by chance (a cookie `theme=dark` is no reason to take `dark` out of every message). `here`: nowhere else.
 */
export type Reach = 'password' | 'token' | 'random' | 'here';

/** A secret in a text: from `start` to before `end`, in characters of latin1, which are bytes. */
export interface Find {
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
  readonly reach: Reach;
  /** Secrets that its value holds in another form, such as the password inside Basic credentials. */
  readonly also?: readonly { readonly value: string; readonly reach: Reach }[];
}

const ordinary: ReadonlySet<string> = new Set(
  (
    'access accepted account active anonymous application authenticated authorization authorized basic bearer binary boolean cancel changed ' +
    'client closed connect connected connection content cookie credential credentials default deleted denied development disabled enabled ' +
    'example expired failed failure forbidden granted graphql guest hidden integer internal invalid localhost logged message missing ' +
    'network normal number object offline online optional origin passed password pending placeholder private production public ready redacted ' +
    'refresh refused rejected request required reset response revoked secret server service session status string success successful ' +
    'test testing token unauthorized undefined unknown update updated upgrade username verified version visible websocket'
  ).split(' '),
);

/** Characters that stand in pieces which no word and no version number looks like; of a long text its beginning is judged. */
export const randomCharacters = (text: string): number => {
  let count = 0;
  let bothCount = 0;
  let both = 0;
  for (const piece of text.slice(0, 2048).split(/[^A-Za-z0-9]/)) {
    if (isMixed(piece)) count += piece.length;
    if (!/\d/.test(piece) || !/[A-Za-z]/.test(piece)) continue;
    both++;
    bothCount += piece.length;
  }
  // `v12` alone is a version; three like it in a row are not.
  return both >= 3 ? Math.max(count, bothCount) : count;
};

/** Letters and digits in a mixture, but neither `utf8` nor `2nd`; a long row of digits; upper and lower case without a rhythm. */
const isMixed = (piece: string): boolean => {
  if (piece.length < 4) return false;
  const digits = /\d/.test(piece);
  if (!/[A-Za-z]/.test(piece)) return piece.length >= 10;
  if (digits) return !/^[A-Za-z]+\d{1,4}$/.test(piece) && !/^\d{1,4}[A-Za-z]+$/.test(piece);
  return piece.length >= 12 && (piece.match(/[a-z][A-Z]|[A-Z][A-Z][a-z]/g)?.length ?? 0) > piece.length / 5;
};

/** Whether a text looks made by chance: a token, an id, a hash; not a word, a date, a URL, a version. */
export const looksRandom = (text: string): boolean =>
  text.length >= 8 && !/\s|:\/\/|^\//.test(text.slice(0, 2048)) && !/^\d{4}-\d\d-\d\d/.test(text) && randomCharacters(text) >= 8;

const reads = (value: string): boolean => value.length < 16 && /^[A-Za-z]?[a-z]*$|^[A-Z]*$/.test(value);
const isOneCharacter = (value: string): boolean => value.length < 256 && value === value.charAt(0).repeat(value.length);

/** Whether a secret is looked for outside its place. */
export const spreads = (value: string, reach: Reach): boolean => {
  if (value.length < 6 || reach === 'here' || /^\d{1,9}$/.test(value) || isOneCharacter(value) || value.includes('://')) return false;
  if (reach === 'random') return looksRandom(value);
  if (ordinary.has(value.toLowerCase())) return false;
  return reach === 'password' || !(reads(value) || /\s/.test(value));
};

const nothings: ReadonlySet<string> = new Set(['', 'true', 'false', 'null', 'undefined', 'none', 'nil', 'nan', '[object object]']);

/** What stands for no value, or for one that was taken out already. */
export const isNothing = (value: string): boolean => {
  if (value.length < 16 && nothings.has(value.toLowerCase())) return true;
  if (value.startsWith('redacted')) {
    const tag = /^redacted-?[a-z2-9]{6,8}/.exec(value.slice(0, 17))?.[0].length ?? value.length;
    return tag < value.length ? value.endsWith('x'.repeat(value.length - tag)) : tag >= 14 && tag === value.length && tag <= 17;
  }
  return value.length < 64 && /^(?:[*.x]|\u2022|\xe2\x80\xa2)+$/i.test(value);
};
