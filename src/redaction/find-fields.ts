import { type Find, looksRandom, type Reach, randomCharacters, type SecretKind } from './find.js';
import { keyClassOf } from './key-words.js';

/** Words in front of credentials that are no secret, and often the mistake (RFC 9110 section 11.1 and what products made of it). */
const schemes =
  /^(?:basic|bearer|digest|token|api-?key|negotiate|ntlm|hawk|aws4-hmac-sha256|dpop|hoba|mutual|oauth|scram-sha-(?:1|256)|vapid|gnap|jwt|key|bot|session|kerberos|mac|sso-key|privatetoken|signature|concealed)$/i;

const blank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** The text between two places without spaces and tabs around it. */
export const trimmedSpan = (text: string, from: number, to: number): readonly [number, number] => {
  let start = from;
  let end = to;
  while (start < end && blank(text[start])) start++;
  while (end > start && (blank(text[end - 1]) || text[end - 1] === '\r')) end--;
  return [start, end];
};

/** `user:password` out of the credentials of Basic (RFC 7617); undefined when it is not that. */
export const basicPair = (credentials: string): { readonly user: string; readonly password: string } | undefined => {
  if (credentials.length > 8192 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(credentials)) return undefined;
  const pair = Buffer.from(credentials, 'base64').toString('latin1');
  const colon = pair.indexOf(':');
  if (colon === -1 || /[\x00-\x1f]/.test(pair)) return undefined;
  return { user: pair.slice(0, colon), password: pair.slice(colon + 1) };
};

/** `Bearer abc`: the scheme's word stays. */
export const credentialsFind = (text: string, [from, to]: readonly [number, number], kind: SecretKind): Find[] => {
  const [start, end] = trimmedSpan(text, from, to);
  const value = text.slice(start, end);
  const space = value.search(/[ \t]/);
  const scheme = space === -1 ? '' : value.slice(0, space);
  if (!schemes.test(scheme)) return end > start && !schemes.test(value) ? [{ start, end, kind, reach: 'token' }] : [];
  const [at, stop] = trimmedSpan(text, start + space, end);
  const pair = /^basic$/i.test(scheme) ? basicPair(text.slice(at, stop)) : undefined;
  const also = pair && [
    { value: pair.password, reach: 'password' as const },
    { value: pair.user, reach: 'random' as const },
    { value: `${pair.user}:${pair.password}`, reach: 'token' as const },
  ];
  return stop > at ? [{ start: at, end: stop, kind, reach: 'token', ...(also && { also }) }] : [];
};

/** No field of anybody's has so many cookies or lines: what follows is taken as one. */
const mostParts = 1000;

/** `name=value; name=value`: the values. Of Set-Cookie only the first pair is the cookie, the rest are attributes (RFC 6265 section 4.1). */
const cookieFinds = (text: string, [from, to]: readonly [number, number], onlyFirst: boolean): Find[] => {
  const finds: Find[] = [];
  for (let at = from; at < to; ) {
    if (finds.length === mostParts) return [...finds, { start: at, end: to, kind: 'cookie', reach: 'here' }];
    const semicolon = text.indexOf(';', at);
    const stop = semicolon === -1 || semicolon > to ? to : semicolon;
    const equals = text.indexOf('=', at);
    // A cookie without a name is a value.
    const [valueAt, valueEnd] = trimmedSpan(text, equals === -1 || equals > stop ? at : equals + 1, stop);
    const quoted = valueEnd - valueAt > 1 && text[valueAt] === '"' && text[valueEnd - 1] === '"';
    const [start, end] = quoted ? [valueAt + 1, valueEnd - 1] : [valueAt, valueEnd];
    if (end > start) finds.push({ start, end, kind: 'cookie', reach: 'random' });
    if (onlyFirst) break;
    at = stop + 1;
  }
  return finds;
};

/** Behind one of these words the next subprotocol is a token; within one name the rest is (`base64url.bearer.authorization.k8s.io.TOKEN`). */
const announces = /^(?:access_token|id_token|token|bearer|authorization|auth|jwt|api-?key|ticket|session|secret)$/i;
const inside =
  /^(?:[a-z0-9]+[._-]){0,8}?(?:authorization\.k8s\.io|bearer|access_token|authorization|token|auth|jwt|api-?key)[._=:-](?=.{8})/i;

/** Tokens among the names of subprotocols; the names (`graphql-ws`, `v12.stomp`) stay. */
const subprotocolFinds = (text: string, [from, to]: readonly [number, number]): Find[] => {
  const finds: Find[] = [];
  let announced = false;
  for (let at = from; at < to; ) {
    const comma = text.indexOf(',', at);
    const stop = comma === -1 || comma > to ? to : comma;
    const [start, end] = trimmedSpan(text, at, stop);
    const name = text.slice(start, end);
    const prefix = inside.exec(name.slice(0, 256))?.[0].length ?? 0;
    const rest = name.slice(prefix);
    const isToken =
      (announced && (looksRandom(name) || name.length >= 16)) ||
      (prefix > 0 && (looksRandom(rest) || rest.length >= 24)) ||
      randomCharacters(name) >= 12 ||
      name.length >= 64;
    if (isToken) {
      const decoded = rest.length >= 12 ? Buffer.from(rest, 'base64url').toString('latin1') : '';
      const also = /^[\x20-\x7e]{8,}$/.test(decoded) ? [{ value: decoded, reach: 'random' as const }] : undefined;
      finds.push({ start: start + prefix, end, kind: 'subprotocol token', reach: 'token', ...(also && { also }) });
    }
    announced = announces.test(name);
    at = stop + 1;
  }
  return finds;
};

const apart = (finds: readonly Find[], text: string): Find[] =>
  // A value that goes on over further lines (obs-fold) keeps its line ends.
  finds.flatMap((find) => {
    if (!text.slice(find.start, find.end).includes('\n')) return [find];
    const parts: Find[] = [];
    for (let at = find.start; at < find.end; ) {
      if (parts.length === mostParts) return [...parts, { ...find, start: at, reach: 'here' }];
      const lineEnd = text.indexOf('\n', at);
      const stop = lineEnd === -1 || lineEnd > find.end ? find.end : lineEnd;
      const [start, end] = trimmedSpan(text, at, stop);
      if (end > start) parts.push({ ...find, start, end });
      at = stop + 1;
    }
    return parts;
  });

/** The secrets in the value of a header field, from `from` to before `to`. */
export const fieldFinds = (text: string, name: string, span: readonly [number, number]): Find[] => apart(findsOf(text, name, span), text);

const findsOf = (text: string, name: string, span: readonly [number, number]): Find[] => {
  const lower = name.toLowerCase();
  if (lower === 'authorization') return credentialsFind(text, span, 'authorization');
  if (lower === 'proxy-authorization') return credentialsFind(text, span, 'proxy credentials');
  if (lower === 'cookie' || lower === 'cookie2') return cookieFinds(text, span, false);
  if (lower === 'set-cookie' || lower === 'set-cookie2') return cookieFinds(text, span, true);
  if (lower === 'sec-websocket-protocol') return subprotocolFinds(text, span);
  if (lower.startsWith('sec-') || lower.startsWith('access-control-') || lower.endsWith('-authenticate')) return [];
  const key = keyClassOf(name);
  const isAuth = /^x-.*\bauth(?:entication)?$/.test(lower);
  if (key?.when !== 'strong' && !isAuth) return [];
  const reach: Reach = key?.reach ?? 'token';
  return credentialsFind(text, span, 'header token').map((find) => ({ ...find, reach }));
};
