import type { UpstreamAddress, UpstreamProxy } from '../model/upstream.js';
import { readAuthority } from './request-target.js';

const schemes: readonly string[] = ['http', 'https', 'socks5', 'socks5h'];
/** What curl takes where the URL names none. */
const defaultPorts: Readonly<Record<UpstreamAddress['scheme'], number>> = { http: 1080, https: 443, socks5: 1080 };

/**
 * The URL of an upstream proxy: `http://user:p%40ss@proxy.example:3128`. A host without a scheme is an http proxy; `socks5h` says no more
 * than `socks5`, since names are always given to the proxy. `why` is the rest of a sentence that begins with the URL; it holds no credentials.
 */
export const readProxyUrl = (text: string): { readonly proxy: UpstreamProxy } | { readonly why: string } => {
  const [, named, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  const scheme = (named ?? 'http').toLowerCase();
  if (!schemes.includes(scheme)) return { why: `has the scheme ${scheme}; an upstream proxy is http, https or socks5` };
  const [authority = '', ...behind] = rest.split(/(?=[/?#])/);
  if (behind.join('') !== '' && behind.join('') !== '/') return { why: 'has a path, which a proxy has not' };
  const at = authority.lastIndexOf('@');
  const kind = scheme === 'socks5h' ? 'socks5' : (scheme as UpstreamAddress['scheme']);
  const place = readAuthority(authority.slice(at + 1), defaultPorts[kind]);
  if (place.form !== 'authority') return { why: at === authority.length - 1 ? 'names no host' : badPlace(authority.slice(at + 1), place) };
  const credentials = at === -1 ? null : readCredentials(authority.slice(0, at));
  if (typeof credentials === 'string') return { why: credentials };
  if (kind !== 'socks5' && credentials?.user.includes(':'))
    return { why: 'has a colon in the user name, which Basic cannot carry (RFC 7617)' };
  return { proxy: { scheme: kind, host: place.host, port: place.port, credentials } };
};

const badPlace = (text: string, place: ReturnType<typeof readAuthority>): string =>
  text === '' || text.startsWith(':') ? 'names no host' : `names no place: ${place.form === 'bad' ? place.why : text}`;

/** `user:password`, percent-decoded; a sentence's end when they are none. An empty pair is none. */
const readCredentials = (text: string): UpstreamProxy['credentials'] | string => {
  const colon = text.indexOf(':');
  const parts = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  const decoded: string[] = [];
  for (const part of parts) {
    try {
      decoded.push(decodeURIComponent(part));
    } catch {
      return 'has credentials that are not percent-encoded: write % as %25, @ as %40, : as %3A, / as %2F';
    }
  }
  const [user = '', password = ''] = decoded;
  if (user === '' && password === '') return null;
  // RFC 1929 has one byte for each length; in a field of HTTP more than that would be a mistake as well.
  if (decoded.some((part) => Buffer.byteLength(part) > 255)) return 'has credentials of over 255 bytes';
  if (/[\x00-\x1f\x7f]/.test(user + password)) return 'has a control character in its credentials';
  return { user, password };
};

/** The value of Proxy-Authorization (RFC 7617): Basic, in UTF-8. */
export const basicCredentials = ({ user, password }: NonNullable<UpstreamProxy['credentials']>): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
