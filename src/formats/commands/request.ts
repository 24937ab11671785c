import type { Exchange } from '../../model/exchange.js';
import { field, fieldValues, type Head, type HeaderField, isHttp2, requestLine } from '../../model/head.js';
import { authorityOf, type Target, urlOf } from '../../model/target.js';

/** The request of an exchange as a command line sends it again. Texts are latin1, one character a byte. */
export interface Request {
  readonly target: Target;
  readonly method: string;
  /** As it stands on the request line: in origin form, or `*`. */
  readonly path: string;
  readonly version: '1.0' | '1.1' | '2';
  /** Fields in order, case kept; those of a connection and its proxy that a client makes by itself left out. */
  readonly fields: readonly HeaderField[];
  readonly websocket: boolean;
  /** The server's certificate did not verify, and the session went on. */
  readonly insecure: boolean;
  /** Sentences about what differs from the recorded request. */
  readonly notes: readonly string[];
}

/** RFC 6455 section 1.3; HTTP/2 has no such field. */
const sampleKey = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A name or an address that stands in a URL as it is; anything else (from a recording of a stranger) could mean something else there. */
const plainHost = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/;

/** `scheme://host:port` for a client that speaks http: curl before 7.86 knows no ws. */
export const httpOrigin = (target: Target): string =>
  urlOf({ ...target, scheme: target.scheme === 'wss' || target.scheme === 'https' ? 'https' : 'http', path: '' });

/**
 * What the server got, so that it answers the same again; what the client sent where the server got nothing. A sentence says why there is
 * no such request.
 */
export const requestOf = (exchange: Exchange): Request | string => {
  const head = exchange.heads.serverGot ?? exchange.heads.clientSent;
  const { target } = exchange;
  if (!head || !target) return 'it has no request';
  if (target.scheme === 'tcp') return 'it is not known which protocol the server speaks';
  if (!plainHost.test(target.host)) return 'the name of its host cannot stand in a URL';
  if (!Number.isInteger(target.port) || target.port < 1 || target.port > 65_535) return 'its port is none';
  const { method, target: asked, version } = requestLine(head);
  if (method === '' || asked === '') return 'its request line cannot be read';
  const extended = isHttp2(head) && method === 'CONNECT';
  const websocket = exchange.kind === 'websocket';
  if (method === 'CONNECT' && !(extended && websocket)) return 'CONNECT asks a proxy, not a server';
  const notes: string[] = [];
  if (extended)
    notes.push('it was a stream of HTTP/2 (RFC 8441), for which command lines have no words: this is the same handshake in HTTP/1.1');
  const fields = fieldsOf(head, { fromClient: exchange.heads.serverGot === null, notes });
  return {
    target,
    method: extended ? 'GET' : method,
    path: asked.startsWith('/') || asked === '*' ? asked : target.path || '/',
    version: isHttp2(head) && !extended ? '2' : version === 'HTTP/1.0' ? '1.0' : '1.1',
    fields: extended ? [...upgradeFields(head), ...fields] : fields,
    websocket,
    insecure: exchange.server?.tls?.authorized === false && exchange.heads.serverGot !== null,
    notes,
  };
};

const fieldsOf = (
  head: Head,
  { fromClient, notes }: { readonly fromClient: boolean; readonly notes: string[] },
): readonly HeaderField[] => {
  const authority = isHttp2(head) ? field(head, ':authority') : undefined;
  const fields = head.headers.filter(([name]) => !name.startsWith(':') && !(fromClient && /^proxy-/i.test(name)));
  const lines = head.raw.split('\n').slice(1);
  if (lines.some((line) => /^[ \t]/.test(line) || (line.trim() !== '' && !line.includes(':'))))
    notes.push('lines of its head that are no fields, or go on over a line, are not as they were');
  const withHost: readonly HeaderField[] = authority === undefined ? fields : [['Host', authority], ...fields];
  if (!hasBody(head)) return withHost;
  notes.push('its body is not part of this command');
  return withHost.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name));
};

const hasBody = (head: Head): boolean =>
  fieldValues(head, 'transfer-encoding').length > 0 || fieldValues(head, 'content-length').some((value) => !/^0+$/.test(value));

/** What an extended CONNECT does without. */
const upgradeFields = (head: Head): readonly HeaderField[] => [
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ...(field(head, 'sec-websocket-key') === undefined ? [['Sec-WebSocket-Key', sampleKey] as const] : []),
];

/** `exchange 3: ws://host/path, 403, refused`, for the comment above its command. */
export const titleOf = (exchange: Exchange): string => {
  const url = exchange.target ? urlOf(exchange.target).slice(0, 200) : 'no target';
  return `exchange ${exchange.id}: ${url}, ${exchange.status || 'no answer'}, ${exchange.outcome}`;
};

/** Whether a field only says what the URL says. */
export const saysUrlHost = (value: string, target: Target): boolean => {
  const authority = authorityOf(target).toLowerCase();
  const own = urlOf({ ...target, path: '' })
    .slice(target.scheme.length + 3)
    .toLowerCase();
  return value.toLowerCase() === authority || value.toLowerCase() === own;
};
