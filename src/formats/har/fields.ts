import { fieldValues, type Head } from '../../model/head.js';
import { type Target, urlOf } from '../../model/target.js';
import { splitList } from '../../wire/field-list.js';

export interface NameValue {
  readonly name: string;
  readonly value: string;
}
export interface HarCookie extends NameValue {
  readonly path?: string;
  readonly domain?: string;
  /** ISO time. */
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: string;
}

export const headersOf = (head: Pick<Head, 'headers'>): NameValue[] => head.headers.map(([name, value]) => ({ name, value }));

const cut = (text: string, mark: string): readonly [string, string] => {
  const at = text.indexOf(mark);
  return at === -1 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};

/** The pairs of every Cookie field (RFC 6265 section 4.2). */
export const requestCookies = (head: Pick<Head, 'headers'>): HarCookie[] =>
  fieldValues(head, 'cookie')
    .flatMap((value) => value.split(';'))
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const [name, value] = cut(pair, '=');
      return { name, value };
    });

/** Every Set-Cookie field (RFC 6265 section 4.1); a date that cannot be read is left out, as HAR wants an ISO time. */
export const responseCookies = (head: Pick<Head, 'headers'>): HarCookie[] =>
  fieldValues(head, 'set-cookie').map((line) => {
    const [pair = '', ...attributes] = line.split(';');
    const [name, value] = cut(pair, '=');
    const said = new Map(attributes.map((attribute) => cut(attribute, '=')).map(([key, text]) => [key.toLowerCase(), text]));
    const expires = new Date(said.get('expires') ?? Number.NaN);
    const [path, domain, sameSite] = [said.get('path'), said.get('domain'), said.get('samesite')];
    return {
      name,
      value,
      ...(path ? { path } : {}),
      ...(domain ? { domain } : {}),
      ...(Number.isNaN(expires.getTime()) ? {} : { expires: expires.toISOString() }),
      httpOnly: said.has('httponly'),
      secure: said.has('secure'),
      ...(sameSite ? { sameSite } : {}),
    };
  });

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** The parameters of a query, decoded where they can be. */
export const queryOf = (path: string): NameValue[] => {
  const at = path.indexOf('?');
  if (at === -1) return [];
  return path
    .slice(at + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, value] = cut(pair, '=');
      return { name: decoded(name), value: decoded(value) };
    });
};

/** The codings of a body in the order in which they were applied (RFC 9110 section 8.4), without `identity`. */
export const codingsOf = (head: Pick<Head, 'headers'>): string[] =>
  fieldValues(head, 'content-encoding')
    .flatMap((value) => splitList(value, ','))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '' && word !== 'identity');

const encoded = (text: string, odd: RegExp): string =>
  text.replace(odd, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

/** The URL of a target as RFC 3986 allows it: what a captured path holds beside is percent-encoded, a lone `%` too. */
export const uriOf = (target: Target): string =>
  encoded(urlOf({ ...target, path: '' }), /[^A-Za-z0-9\-._~:/[\]%]/gu) +
  encoded(target.path || '/', /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]/gu);
