/** What doctor could be pointed at: URLs and addresses beside a message. */

const urlInText = /\bwss?:\/\/[^\s"'<>`\\|]{1,2048}/gi;
/** Characters before and after a message in which its URL is looked for before the rest of the text is. */
const nearby = 4000;

/** The URL of a WebSocket that belongs to the message: on its line, else the last before it, else the first behind it. */
export const targetIn = (text: string, from: number, to: number): string | null => {
  const before = text.slice(Math.max(0, from - nearby), from);
  const after = text.slice(to, to + nearby);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = `${before.slice(lineStart)}${text.slice(from, to)}${after.split('\n', 1)[0] ?? ''}`;
  return (
    all(line).at(0) ??
    requestIn(line) ??
    all(before.slice(0, lineStart)).at(-1) ??
    all(after).at(0) ??
    all(text.slice(0, mostSearched)).at(0) ??
    null
  );
};

const mostSearched = 65_536;

const all = (text: string): readonly string[] =>
  [...text.matchAll(urlInText)].flatMap(([candidate]) => {
    const target = targetOf(candidate);
    return target === null ? [] : [target];
  });

/** A host and a path that a proxy logged apart: nginx, Caddy, the router of Heroku; in the usual log of Envoy the host is the last but one in quotes. */
const requestIn = (line: string): string | null => {
  const path = /"GET (\/[^\s"]{0,1024}) HTTP\/|\bpath="?(\/[^\s"]{0,1024})|"uri":"(\/[^"]{0,1024})"/.exec(line);
  const host = (/\bhost"?\s?[:=]\s?"?([\w.-]{1,253}(?::\d{1,5})?)/i.exec(line) ??
    /"([a-z\d.-]{1,253}(?::\d{1,5})?)" "[\d.:[\]]{1,60}"\s*$/i.exec(line))?.[1];
  if (!path || host === undefined) return null;
  const scheme = /:(?!443$)\d+$|^(?:localhost|[\d.]+)$/.test(host) ? 'ws' : 'wss';
  return targetOf(`${scheme}://${host}${path[1] ?? path[2] ?? path[3] ?? ''}`);
};

/**
 * A URL that doctor takes. Punctuation at the end belongs to the sentence. Some clients name what they open by its HTTP address: Go, and Dart,
 * which also writes port 0 for the usual one and an empty fragment behind.
 */
export const targetOf = (candidate: string | null): string | null => {
  const trimmed = candidate?.replace(/[).,;:!?\]}*]{1,20}$/, '') ?? '';
  const spoken = trimmed
    .replace(/^http/i, 'ws')
    .replace(/^(wss?:\/\/[^/?#]{1,300}):0(?=[/?#]|$)/i, '$1')
    .replace(/#$/, '');
  if (!/^wss?:\/\//i.test(spoken)) return null;
  try {
    return new URL(spoken).hostname === '' ? null : spoken;
  } catch {
    return null;
  }
};

const address = /(?<![\w.:])(\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]{2,39}\]|::1|localhost):(\d{2,5})(?!\d)/i;

/** Where nobody answered: no path matters there. */
export const addressIn = (text: string, from: number, to: number): string | null => {
  const [, host, port] = address.exec(text.slice(from, to + 200)) ?? [];
  if (host === undefined || port === undefined) return null;
  return targetOf(`${port.endsWith('443') ? 'wss' : 'ws'}://${host === '::1' ? '[::1]' : host}:${port}`);
};

const named =
  /(?:\bENOTFOUND|\bEAI_AGAIN|\blookup:?|\bhost(?:name)?:?|\bresolve(?: host)?:?|, not|is not valid for)\s{1,3}['"]?((?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24})(?::(\d{2,5}))?(?![\w/(])/i;

/** A name that does not resolve, or that no certificate is for: no path matters there. */
export const hostIn = (text: string, from: number, to: number): string | null => {
  const [, host, port] = named.exec(text.slice(from, to + 200)) ?? [];
  return host === undefined ? null : targetOf(`wss://${host}${port === undefined ? '' : `:${port}`}`);
};

const origin = /\b(?:Origin(?:[:=]| of the request:| not allowed:)?\s{0,3}|The page at )["']?(https?:\/\/[^\s"'<>`\\|,]{1,512})/i;

/** The page's, where the text names it. */
export const originIn = (text: string): string | null => {
  try {
    return new URL(origin.exec(text)?.[1] ?? '').origin;
  } catch {
    return null;
  }
};
