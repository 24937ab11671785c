import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { HeaderField } from '../model/head.js';

/** Pairs of `rawHeaders`. */
export const pairsOf = (raw: readonly string[]): HeaderField[] =>
  raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []));

export const headText = (startLine: string, fields: readonly HeaderField[]): string =>
  `${[startLine, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;

/** A head of a request that Node's parser has read: case, order and duplicates as they came, spacing lost. */
export const requestText = ({ method, url, httpVersion, rawHeaders }: IncomingMessage): string =>
  headText(`${method} ${url} HTTP/${httpVersion}`, pairsOf(rawHeaders));

/** Hop rules: these are said to a proxy and not to the server. Expect was answered by our own parser (ecosystem.md section 4). */
const ours = new Set(['proxy-connection', 'proxy-authorization', 'expect']);
/** What Node adds of its own, unless it was removed by name before. */
const added = ['connection', 'date', 'keep-alive', 'transfer-encoding', 'content-length'];

/** What an outgoing request gets in place of the target and the Host that came. */
export interface Fields {
  readonly path: string;
  readonly host: string | undefined;
  /** Proxy-Authorization for an upstream proxy: this value, or (`own`) the client's. Null: it is not sent. */
  readonly credentials: string | null;
}

/** Gives an outgoing request the client's own fields, and says them as Node writes them: duplicates stand where the first one stood. */
export const sendFields = (outgoing: ClientRequest, request: IncomingMessage, { path, host, credentials }: Fields): string => {
  outgoing.path = path;
  for (const name of [...outgoing.getHeaderNames(), ...added]) outgoing.removeHeader(name);
  const groups = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of pairsOf(request.rawHeaders)) {
    const key = name.toLowerCase();
    if (ours.has(key) && !(key === 'proxy-authorization' && credentials === 'own')) continue;
    const due = key === 'host' && host !== undefined ? host : value;
    const known = groups.get(key);
    if (known) known.values.push(due);
    else groups.set(key, { name, values: [due] });
  }
  const fields: HeaderField[] = [];
  for (const [key, { name, values }] of groups) {
    // Node joins these whatever it is given (RFC 9113 section 8.2.3 means the same).
    const written = key === 'cookie' ? [values.join('; ')] : values;
    outgoing.setHeader(name, written);
    for (const value of written) fields.push([name, value]);
  }
  if (credentials !== null && credentials !== 'own') {
    outgoing.setHeader('Proxy-Authorization', credentials);
    // The user's password stays out of the record: these bytes are not verbatim anyway.
    fields.push(['Proxy-Authorization', 'Basic ***']);
  }
  return headText(`${request.method} ${path} HTTP/1.1`, fields);
};

/** Whether an answer's end is marked in itself; else it lasts until the connection ends. */
const isFramed = (fields: readonly HeaderField[], status: number, method: string | undefined): boolean =>
  method === 'HEAD' ||
  status === 204 ||
  status === 304 ||
  fields.some(([name, value]) => /^content-length$/i.test(name) || (/^transfer-encoding$/i.test(name) && /chunked\s*$/i.test(value)));

/** Status and fields of an answer. */
export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly HeaderField[];
}

/** Writes an answer's head to the client with its own case, order and duplicates; returns what was written. */
export const answerFields = (response: ServerResponse, { status, reason, ...head }: AnswerHead, request: IncomingMessage): string => {
  // A client of HTTP/1.0 knows no chunks.
  const fields = head.fields.filter(([name]) => request.httpVersion !== '1.0' || !/^transfer-encoding$/i.test(name));
  for (const name of added) response.removeHeader(name);
  response.sendDate = false;
  // Without a Connection field of its own this alone decides whether Node ends the connection behind the answer.
  if (!isFramed(fields, status, request.method) || request.socket.readableEnded) response.shouldKeepAlive = false;
  response.writeHead(status, reason, fields.flat());
  return headText(`HTTP/1.1 ${status} ${reason}`, fields);
};
