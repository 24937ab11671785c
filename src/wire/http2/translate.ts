import { fieldValues, type Head, type HeaderField, opens, requestLine, statusLine } from '../../model/head.js';
import { acceptFor } from '../accept-key.js';
import { bodyEndOf } from '../body-end.js';
import { reasonPhrase } from '../reason-phrase.js';
import { judgeRequest, type RequestFlawCode } from '../upgrade.js';

/*
 * Between heads of HTTP/1.1 and of HTTP/2 (RFC 9113 section 8.2.2, RFC 8441 section 5), where a client speaks the one and a server the other.
 */

/** Fields that speak of one connection of HTTP/1.1 and have no place in HTTP/2. */
const connectionFields: ReadonlySet<string> = new Set([
  'connection',
  'upgrade',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'http2-settings',
]);

/** A peer of HTTP/2 takes only one of each of these, and Node refuses to send two. The first one counts. */
const single: ReadonlySet<string> = new Set(
  (
    'access-control-allow-credentials access-control-max-age access-control-request-method age authorization content-encoding content-language ' +
    'content-length content-location content-md5 content-range content-type date dnt etag expires from host if-match if-modified-since ' +
    'if-none-match if-range if-unmodified-since last-modified location max-forwards proxy-authorization range referer retry-after tk ' +
    'upgrade-insecure-requests user-agent x-content-type-options'
  ).split(' '),
);

const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** Fields as HTTP/2 may carry them: lower case, none that speaks of the connection, none that Connection names (RFC 9110 section 7.6.1). */
const fieldsForHttp2 = (head: Head, without: ReadonlySet<string>): HeaderField[] => {
  const named = new Set(fieldValues(head, 'connection').flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase())));
  const seen = new Set<string>();
  return head.headers.flatMap(([name, value]): HeaderField[] => {
    const own = name.toLowerCase();
    if (!token.test(own) || connectionFields.has(own) || named.has(own) || without.has(own)) return [];
    if (own === 'te' && value.toLowerCase() !== 'trailers') return [];
    if (single.has(own) && seen.has(own)) return [];
    seen.add(own);
    return [[own, value.replace(/[\r\n\0]/g, ' ')]];
  });
};

const pseudo = (fields: readonly HeaderField[], name: string): string | undefined => fields.find(([own]) => own === name)?.[1];
const ordinary = (fields: readonly HeaderField[]): HeaderField[] => fields.filter(([name]) => !name.startsWith(':'));

/** What keeps a request of HTTP/1.1 from switching protocols; what else is wrong with a handshake is for the server to judge. */
const keepsFromSwitching: ReadonlySet<RequestFlawCode> = new Set<RequestFlawCode>([
  'method',
  'http-version',
  'missing-upgrade',
  'bad-upgrade',
  'missing-connection',
  'bad-connection',
  'key-missing',
  'key-malformed',
]);

/** Whether a request of HTTP/1.1 becomes an extended CONNECT; any other one is an ordinary request, as it is for a server of HTTP/1.1. */
export const switchesProtocols = (head: Head): boolean => !judgeRequest(head).some(({ code }) => keepsFromSwitching.has(code));

const accept = new Set(['sec-websocket-key', 'sec-websocket-accept']);
const hostOnly = new Set(['host']);

/** A request of HTTP/1.1 as the header list of one of HTTP/2: its handshake as an extended CONNECT (RFC 8441 section 5.1). */
export const requestToHttp2 = (head: Head, scheme: 'http' | 'https'): HeaderField[] => {
  const { method, target } = requestLine(head);
  const extended = switchesProtocols(head);
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target);
  const authority = absolute?.[1] ?? fieldValues(head, 'host')[0];
  const path = absolute ? `${/^[/?]/.test(absolute[2] ?? '') ? '' : '/'}${absolute[2]}`.replace(/^\?/, '/?') : target;
  return [
    [':method', extended ? 'CONNECT' : method],
    ...(extended ? [[':protocol', 'websocket'] as const] : []),
    [':scheme', scheme],
    ...(authority === undefined ? [] : [[':authority', authority] as const]),
    [':path', path],
    ...fieldsForHttp2(head, extended ? new Set([...hostOnly, ...accept]) : hostOnly),
  ];
};

/** How the body of a message is marked off in HTTP/1.1. */
export type Framing = 'none' | 'length' | 'chunked';

/** How the body of a request of HTTP/2 is marked off: END_STREAM with the head says that there is none. */
export const requestFraming = (fields: readonly HeaderField[], endStream: boolean): Framing =>
  endStream ? 'none' : pseudo(fields, 'content-length') === undefined ? 'chunked' : 'length';

/** Several Cookie fields are one in HTTP/1.1 (RFC 9113 section 8.2.3). */
const withOneCookie = (fields: readonly HeaderField[]): HeaderField[] => {
  const cookies = fields.filter(([name]) => name === 'cookie').map(([, value]) => value);
  const first = fields.findIndex(([name]) => name === 'cookie');
  return fields.flatMap((field, at): HeaderField[] =>
    field[0] !== 'cookie' ? [field] : at === first ? [['cookie', cookies.join('; ')]] : [],
  );
};

const text = (startLine: string, fields: readonly HeaderField[]): string =>
  `${[startLine, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;

/** Whether a header list is an extended CONNECT for a WebSocket. */
export const isExtendedConnect = (fields: readonly HeaderField[]): boolean =>
  pseudo(fields, ':method') === 'CONNECT' && pseudo(fields, ':protocol')?.toLowerCase() === 'websocket';

/**
 * A request of HTTP/2 as the head text of one of HTTP/1.1, latin1. `key` is the Sec-WebSocket-Key of an extended CONNECT, which HTTP/2 has not.
 * Null: its pseudo-header fields cannot stand in a request line.
 */
export const requestToHttp1 = (
  fields: readonly HeaderField[],
  { key, framing }: { readonly key: string; readonly framing: Framing },
): string | null => {
  const extended = isExtendedConnect(fields);
  const path = pseudo(fields, ':path') ?? '';
  const authority = pseudo(fields, ':authority');
  const own = withOneCookie(ordinary(fields));
  const hosts = own.filter(([name]) => name === 'host');
  if (!/^[\x21-\xff]+$/.test(path) || /\s/.test(authority ?? '')) return null;
  const same = authority !== undefined && hosts.every(([, value]) => value === authority);
  return text(`${extended ? 'GET' : pseudo(fields, ':method')} ${path} HTTP/1.1`, [
    ...(authority === undefined ? [] : [['host', authority] as const]),
    ...(extended
      ? ([
          ['upgrade', 'websocket'],
          ['connection', 'Upgrade'],
          ['sec-websocket-key', key],
        ] as const)
      : []),
    ...own.filter(
      ([name]) =>
        !connectionFields.has(name) && !(same && name === 'host') && !(extended && (accept.has(name) || name === 'content-length')),
    ),
    ...(framing === 'chunked' && !extended ? [['transfer-encoding', 'chunked'] as const] : []),
  ]);
};

/** The status that a client of HTTP/2 gets: to an extended CONNECT any 2xx would open, and a server that did not switch has not opened. */
const statusFor = (head: Head, extended: boolean): number => {
  const { status } = statusLine(head);
  if (status === 101) return extended ? 200 : 502;
  return extended && status >= 200 && status < 300 ? 502 : status;
};

/** An answer of HTTP/1.1 as the header list of one of HTTP/2; `extended`: to an extended CONNECT. */
export const answerToHttp2 = (head: Head, extended: boolean): HeaderField[] => {
  const opened = extended && opens(head);
  const without = opened ? new Set(['content-length', ...accept]) : extended ? accept : new Set<string>();
  return [[':status', String(statusFor(head, extended))], ...fieldsForHttp2(head, without)];
};

/** What is known of the request that an answer of HTTP/2 belongs to. */
export interface Asked {
  readonly method: string;
  /** The client's Sec-WebSocket-Key, where the request was an extended CONNECT. */
  readonly key: string | null;
  readonly endStream: boolean;
}

/** An answer of HTTP/2 as head text of HTTP/1.1, latin1, and how its body is marked off; `data` is what follows a 101. */
export const answerToHttp1 = (
  fields: readonly HeaderField[],
  { method, key, endStream }: Asked,
): { readonly raw: string; readonly framing: Framing | 'data' } => {
  const status = Number(pseudo(fields, ':status') ?? 502);
  const own = ordinary(fields);
  if (key !== null && status >= 200 && status < 300) {
    const switched: HeaderField[] = [
      ['upgrade', 'websocket'],
      ['connection', 'Upgrade'],
      ['sec-websocket-accept', acceptFor(key)],
    ];
    const rest = own.filter(([name]) => name !== 'content-length' && !accept.has(name));
    return { raw: text('HTTP/1.1 101 Switching Protocols', [...switched, ...rest]), framing: 'data' };
  }
  const phrase = reasonPhrase(status);
  const startLine = `HTTP/1.1 ${status} ${phrase}`;
  const plain = text(startLine, own);
  if (status < 200) return { raw: plain, framing: 'none' };
  const bodiless = bodyEndOf({ raw: plain, startLine, headers: own, defects: [] }, method).done;
  if (bodiless) return { raw: plain, framing: 'none' };
  if (own.some(([name]) => name === 'content-length')) return { raw: plain, framing: 'length' };
  if (endStream) return { raw: text(startLine, [...own, ['content-length', '0']]), framing: 'none' };
  return { raw: text(startLine, [...own, ['transfer-encoding', 'chunked']]), framing: 'chunked' };
};
