import { isIP } from 'node:net';
import { isoTime, timeOf } from '../../model/clock.js';
import type { Exchange } from '../../model/exchange.js';
import { field, type Head, requestLine, statusLine } from '../../model/head.js';
import type { Target } from '../../model/target.js';
import { parseHead } from '../../wire/http-head.js';
import type { RecordedExchange } from '../format.js';
import { bodyOf, type HarBody, noContent } from './body.js';
import { headersOf, queryOf, requestCookies, responseCookies, uriOf } from './fields.js';
import { ownOf } from './own.js';
import { timingsOf } from './timings.js';

/** Why no answer reached the client, in a sentence. */
const errorOf = (exchange: Exchange): string => {
  const { refusal, dialFailure, server, client, notAHead, imported, endedAt } = exchange;
  if (imported?.error !== undefined) return imported.error;
  if (refusal) return refusal.text;
  if (dialFailure) return dialFailure.message;
  const failure = server?.tlsFailure ?? client.tlsFailure;
  if (failure) return failure.message;
  if (notAHead.serverSent && notAHead.serverSent.raw !== '') return 'The server answered with something that is no HTTP.';
  if (exchange.kind === 'tunnel') return 'An opaque tunnel: shakedown did not look into it.';
  return endedAt === null ? 'There is no answer on record.' : 'The connection ended without an answer.';
};

/** The request as the client sent it; of a connection that did not come so far, what the client said at the door. */
const requestHeadOf = ({ heads, door }: Exchange): Head | null =>
  heads.clientSent ?? (door.request.startsWith('CONNECT ') ? parseHead(door.request, 'request') : null);

const requestOf = (exchange: Exchange, target: Target, body: HarBody | null): object => {
  const head = requestHeadOf(exchange);
  const { method, version } = head ? requestLine(head) : { method: '', version: '' };
  return {
    method,
    url: uriOf(target),
    httpVersion: version,
    cookies: head ? requestCookies(head) : [],
    headers: head ? headersOf(head) : [],
    queryString: queryOf(target.path),
    ...(body && body.content.size !== 0 ? { postData: postDataOf(body) } : {}),
    headersSize: head && !exchange.reserialised ? head.raw.length : -1,
    bodySize: body?.bodySize ?? (exchange.kind === 'http' ? -1 : 0),
  };
};

/** `text` is there always: mitmproxy reads it unasked. HAR has no base64 in a request; `_encoding` says it as `content` does. */
const postDataOf = ({ content }: HarBody): object => {
  const { mimeType, text = '', encoding, comment, _cut, _codings } = content;
  return {
    mimeType,
    text,
    ...(encoding && { _encoding: encoding }),
    ...(comment && { comment }),
    ...(_cut && { _cut }),
    ...(_codings && { _codings }),
  };
};

const nothingGot = { statusText: '', httpVersion: '', cookies: [], headers: [], redirectURL: '', headersSize: -1, bodySize: -1 };

const responseOf = (exchange: Exchange, body: HarBody | null): object => {
  const { clientGot } = exchange.heads;
  if (!clientGot) {
    // A refusal of our own is told by its status; what file an exchange came from may know one without its head.
    const status = exchange.refusal?.status ?? exchange.status;
    const answered = status !== 0 && !exchange.refusal && exchange.heads.serverSent === null;
    return { status, ...nothingGot, content: noContent, ...(answered ? {} : { _error: errorOf(exchange) }) };
  }
  const { status, reason, version } = statusLine(clientGot);
  return {
    status,
    statusText: reason,
    httpVersion: version,
    cookies: responseCookies(clientGot),
    headers: headersOf(clientGot),
    content: body?.content ?? noContent,
    redirectURL: field(clientGot, 'location') ?? '',
    headersSize: exchange.reserialised ? -1 : clientGot.raw.length,
    bodySize: body?.bodySize ?? 0,
  };
};

/** How the WebSocket ended, as HTTP Toolkit writes it; absent while it is open. */
const closeOf = ({ outcome, frames, imported }: Exchange, closedAt: number | null): object => {
  if (imported?.close?.code === 1006) return { _webSocketClose: 'aborted' };
  const close = frames.fromServer.close ?? frames.fromClient.close ?? imported?.close;
  if (close) return { _webSocketClose: { ...close, ...(closedAt === null ? {} : { timestamp: closedAt }) } };
  if (outcome !== 'closed' || imported?.lacks.includes('close')) return {};
  return { _webSocketClose: 'aborted' };
};

/** An entry in two parts, between which its messages go. Both are members of one object, without its braces. */
export interface EntryParts {
  readonly head: object;
  /** `closedAt`: when a Close crossed, in seconds since the epoch. */
  tail(closedAt: number | null): object;
  readonly isWebSocket: boolean;
}

/** The entry of one exchange; null for one that went nowhere: HAR has no entry without a URL. */
export const entryOf = async (recorded: RecordedExchange): Promise<EntryParts | null> => {
  const { exchange, findings } = recorded;
  const { target, heads, marks, kind, server } = exchange;
  if (!target) return null;
  const isWebSocket = kind === 'websocket';
  const request = kind === 'http' && heads.clientSent ? await bodyOf(recorded, 'client', heads.clientSent) : null;
  const answer = heads.clientGot && marks.open === null ? await bodyOf(recorded, 'server', heads.clientGot) : null;
  const { time, timings } = timingsOf(exchange);
  const address = server?.peer?.address ?? '';
  return {
    isWebSocket,
    head: {
      startedDateTime: isoTime(timeOf(exchange.startedAt)),
      time,
      ...(isWebSocket && { _resourceType: 'websocket' }),
      request: requestOf(exchange, target, request),
      response: responseOf(exchange, answer),
      cache: {},
      timings,
      ...(isIP(address) ? { serverIPAddress: address } : {}),
      ...(exchange.connection > 0 ? { connection: String(exchange.connection) } : {}),
    },
    tail: (closedAt) => ({ ...(isWebSocket ? closeOf(exchange, closedAt) : {}), _shakedown: ownOf(exchange, findings) }),
  };
};
