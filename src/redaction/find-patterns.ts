import { type Find, randomCharacters } from './find.js';
import { basicPair } from './find-fields.js';
import { createScanner, runEnd, tokenCharacters, urlCharacters } from './scanner.js';

/*
 * Secrets that show by their own form. Every pattern is linear: it begins with fixed letters, and what it repeats cannot begin it again.
 */

/** Prefixes that vendors gave their keys so that they are found; then at least so many characters of a token. */
const prefixed =
  /(?<![A-Za-z0-9])(?:(?:sk|rk)[-_]|ek_|gh[opusr]_|github_pat_|gl(?:pat|oas|dt|rt|cbt|ptt|ft|soat|agent|imt)-|xox[abeoprs](?:\.xox[bp])?-|xapp-|npm_|hf_|shp(?:at|ss|ca|pa)_|SG\.|ya29\.|do[opr]_v1_|sq0(?:atp|csp)-|pypi-|dckr_(?:pat|oat)_|lin_api_|ntn_|figd_|gl(?:sa|c)_|PMAK-|rubygems_|sntry[su]_|ATATT|ATCTT|whsec_|r8_|gsk_|pplx-|nvapi-|tskey-|AGE-SECRET-KEY-1|AKIA|ASIA|AIza|GOCSPX-|EAAC|secret-token:|vault:v\d|hvs\.|key-(?=[0-9a-f]{32}))[A-Za-z0-9_.\-/+]{12,64}/y;
const nextPrefix = createScanner(
  'sk- sk_ rk- rk_ ek_ gho_ ghp_ ghu_ ghs_ ghr_ github_pat glpa gloa gldt glrt glcb glpt glft glso glag xox xapp npm_ hf_ shpa shps shpc SG. ya29 dop_ doo_ dor_ sq0 pypi dckr lin_ ntn_ figd glsa glc_ PMAK ruby sntr ATAT ATCT whse r8_ gsk_ pplx nvap tske AGE- AKIA ASIA AIza GOCS EAAC secret-token vault hvs. key-'.split(
    ' ',
  ),
);

const authority = /:\/\/([^\s/?#@"'<>\\:]{0,256})(?::([^\s/?#@"'<>\\]{0,256}))?@/g;

const findPrefixed = (text: string, finds: Find[]): void => {
  for (let at = nextPrefix(text, 0); at < text.length; at = nextPrefix(text, at)) {
    prefixed.lastIndex = at;
    const match = prefixed.exec(text);
    at++;
    if (!match) continue;
    at = runEnd(text, prefixed.lastIndex, tokenCharacters);
    // `sk-loading-indicator-spinner` is a class of CSS, `npm_config_user_agent` a variable.
    if (randomCharacters(match[0]) >= 10 || /[A-Za-z0-9]{18}/.test(match[0]))
      finds.push({ start: match.index, end: withoutDot(text, match.index, at), kind: 'known key prefix', reach: 'token' });
  }
};

/** The full stop of a sentence is none of the token's. */
const withoutDot = (text: string, start: number, end: number): number => {
  let stop = end;
  while (stop > start && (text[stop - 1] === '.' || text[stop - 1] === '-')) stop--;
  return stop;
};

/** JSON Web Tokens (RFC 7519): `eyJ`, then base64url parts between dots; two of them at least, as in one that was cut. */
const findWebTokens = (text: string, finds: Find[]): void => {
  for (let start = text.indexOf('eyJ'); start !== -1; ) {
    let end = runEnd(text, start, urlCharacters);
    let parts = 1;
    while (parts < 5 && text[end] === '.') {
      const next = runEnd(text, end + 1, urlCharacters);
      if (next === end + 1 && text[next] !== '.') break;
      end = next;
      parts++;
    }
    const isToken = parts >= 2 && end - start >= 20;
    if (isToken) finds.push({ start, end, kind: 'json web token', reach: 'token' });
    start = text.indexOf('eyJ', Math.max(end, start + 3));
  }
};

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** PEM (RFC 7468), or PGP: what stands between the two lines; without the second one all that follows. */
const findPrivateKeys = (text: string, finds: Find[]): void => {
  keyBegins.lastIndex = 0;
  for (let match = keyBegins.exec(text); match; match = keyBegins.exec(text)) {
    const start = keyBegins.lastIndex;
    keyEnds.lastIndex = start;
    const closing = keyEnds.exec(text);
    const end = closing?.index ?? text.length;
    // Line ends stay, written out as they are or as JSON writes them, so that the text keeps its lines.
    const body = /[A-Za-z0-9+/=]{4,1024}/g;
    const inner = text.slice(start, end).replace(/\\[rn]/g, '  ');
    for (let line = body.exec(inner); line; line = body.exec(inner))
      finds.push({
        start: start + line.index,
        end: start + body.lastIndex,
        kind: 'private key',
        reach: line[0].length >= 32 ? 'token' : 'here',
      });
    keyBegins.lastIndex = end;
  }
};

/** `https://user:password@host` (RFC 3986 section 3.2.1). */
const findUserInfo = (text: string, finds: Find[]): void => {
  authority.lastIndex = 0;
  for (let match = authority.exec(text); match; match = authority.exec(text)) {
    const [, user = '', password] = match;
    const at = match.index + 3;
    if (user !== '')
      finds.push({ start: at, end: at + user.length, kind: 'credentials in a URL', reach: password === undefined ? 'token' : 'random' });
    if (password)
      finds.push({ start: at + user.length + 1, end: authority.lastIndex - 1, kind: 'credentials in a URL', reach: 'password' });
  }
};

/** SASL PLAIN as XMPP carries it (RFC 6120 section 6.4.2). */
const findSasl = (text: string, finds: Find[]): void => {
  const element = /<(?:auth|response)\b[^<>]{0,512}>([A-Za-z0-9+/=]{4,8192})</g;
  for (let match = element.exec(text); match; match = element.exec(text)) {
    const value = match[1] ?? '';
    const end = element.lastIndex - 1;
    const parts = Buffer.from(value, 'base64').toString('latin1').split('\0');
    const password = parts.length === 3 ? parts[2] : basicPair(value)?.password;
    finds.push({
      start: end - value.length,
      end,
      kind: 'authorization',
      reach: 'token',
      ...(password && { also: [{ value: password, reach: 'password' }] }),
    });
  }
};

export const findPatterns = (text: string, finds: Find[]): void => {
  findPrefixed(text, finds);
  if (text.includes('eyJ')) findWebTokens(text, finds);
  if (text.includes('PRIVATE KEY')) findPrivateKeys(text, finds);
  if (text.includes('://')) findUserInfo(text, finds);
  if (text.includes('<auth') || text.includes('<response')) findSasl(text, finds);
};
