import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { Sender } from '../model/frame.js';
import { isHttp2, opens, statusLine } from '../model/head.js';
import { lacks } from '../model/imported.js';
import type { LegEnd } from '../model/leg.js';

/** Milliseconds within which an end counts as an answer to the 101. */
const atOnceMs = 2000;

/** Whoever waits so long behind its Close, milliseconds, has waited for the other one. */
const patienceMs = 1000;

/** Which peer ended the connection, or `shakedown` when a fault or a stop did; undefined while it lasts. */
export const endedBy = ({ client, server }: Exchange): Sender | 'shakedown' | undefined => {
  const peers = [client, server].flatMap((leg) => (leg?.end?.by === 'peer' ? [{ side: leg.side, at: timeOf(leg.end.at) }] : []));
  const first = peers.sort((one, other) => one.at - other.at)[0];
  if (first) return first.side;
  return client.end || server?.end ? 'shakedown' : undefined;
};

export const endOf = ({ client, server }: Exchange, side: Sender): LegEnd | undefined => (side === 'client' ? client : server)?.end;

const words: Record<LegEnd['how'], string> = { fin: 'FIN', reset: 'RST', error: 'an error', timeout: 'a timeout' };

/** Whether that leg is a stream of an HTTP/2 connection. */
export const speaksHttp2 = ({ heads }: Exchange, side: Sender): boolean => {
  const request = side === 'client' ? heads.clientSent : heads.serverGot;
  return request !== null && isHttp2(request);
};

/** The name of the error with which a stream was reset (RFC 9113 section 7); undefined for any other end. */
export const resetCode = (end: LegEnd | undefined): string | undefined => /^H2_(.+)$/.exec(end?.code ?? '')?.[1];

/** What ended: a stream of HTTP/2, or a connection. */
export const carrierOf = (exchange: Exchange, side: Sender): 'stream' | 'connection' =>
  speaksHttp2(exchange, side) ? 'stream' : 'connection';

const howItEnded = (exchange: Exchange, side: Sender, end: LegEnd): string => {
  const reset = resetCode(end);
  if (reset !== undefined) return `RST_STREAM (${reset})`;
  const word = end.how === 'fin' && speaksHttp2(exchange, side) ? 'END_STREAM' : words[end.how];
  return `${word}${end.code ? ` (${end.code})` : ''}`;
};

/** How a leg ended, as a sentence. */
export const endEvidence = (exchange: Exchange, side: Sender): Evidence => {
  const end = endOf(exchange, side);
  const actor = end?.by === 'peer' ? `the ${side}` : 'shakedown';
  const unended = exchange.imported ? 'the file that this was imported from does not say who ended it' : `the ${side} leg is open`;
  const text = end ? `${actor} ended the ${side} leg with ${howItEnded(exchange, side, end)}` : unended;
  return { leg: side, what: 'end', text };
};

/** The GOAWAY of a peer, which ends a whole connection of HTTP/2; nothing where none came. */
export const goawayEvidence = ({ client, server }: Exchange, side: Sender): Evidence[] => {
  const goaway = (side === 'client' ? client : server)?.goaway;
  if (!goaway) return [];
  const debug = goaway.debug ? `: ${goaway.debug}` : '';
  return [{ leg: side, what: 'end', text: `the ${side} sent GOAWAY (${goaway.code}), last stream ${goaway.lastStream}${debug}` }];
};

/** The answer that opened the WebSocket: `the 101`, in HTTP/2 `the 200`. */
export const openingOf = ({ heads }: Exchange, side: Sender): string => {
  const answer = side === 'client' ? heads.clientGot : heads.serverSent;
  return answer && opens(answer) ? `the ${statusLine(answer).status}` : 'the 101';
};

/** True when a connection was open and has ended. */
export const wasOpen = ({ outcome, marks }: Exchange): boolean => outcome === 'closed' && marks.open !== null;

/** When the connection ended, ms since the epoch: the first act of a peer, else the last event. */
const endedAt = ({ client, server, marks }: Exchange): number | null => {
  const acts = [client, server].flatMap((leg) => (leg?.end?.by === 'peer' ? [timeOf(leg.end.at)] : []));
  return acts.length > 0 ? Math.min(...acts) : marks.closed;
};

/** Who said Close first; undefined where nobody did, or where frames may be missing. */
export const closerOf = ({ closer, frames: { fromClient, fromServer } }: Exchange): Sender | undefined =>
  fromClient.incomplete || fromServer.incomplete ? undefined : closer;

/** Milliseconds that the WebSocket was open, or undefined. */
export const openMs = (exchange: Exchange): number | undefined => {
  const [from, to] = [exchange.marks.open, endedAt(exchange)];
  return from !== null && to !== null ? Math.max(0, to - from) : undefined;
};

/** Milliseconds of silence before the end, or undefined. */
export const silentMs = (exchange: Exchange): number | undefined => {
  const [from, to] = [exchange.marks.lastByte ?? exchange.marks.open, endedAt(exchange)];
  return from !== null && to !== null ? Math.max(0, to - from) : undefined;
};

export const endedAtOnce = (exchange: Exchange): boolean => wasOpen(exchange) && (openMs(exchange) ?? Number.POSITIVE_INFINITY) < atOnceMs;

/**
 * Neither side said Close: RFC 6455 section 7.1.5 calls it 1006. Where frames may be missing in the recording nobody can say so; what another
 * tool's file says of it counts, and where that says nothing nobody knows either.
 */
export const withoutClose = (exchange: Exchange): boolean => {
  const { frames, imported } = exchange;
  if (lacks(exchange, 'close') || (imported?.close && imported.close.code !== 1006)) return false;
  return [frames.fromClient, frames.fromServer].every(({ close, incomplete }) => close === null && !incomplete);
};

/**
 * Who said Close and got none back, though the other side should answer it (RFC 6455 section 5.5.1): it ended the connection instead, or
 * was waited for in vain. A client that says Close and goes at once, as a page does that is left, waits for no answer.
 */
export const unansweredClose = (exchange: Exchange): Sender | undefined => {
  const { fromClient, fromServer } = exchange.frames;
  if (!wasOpen(exchange) || lacks(exchange, 'close') || fromClient.incomplete || fromServer.incomplete) return undefined;
  if ((fromClient.close === null) === (fromServer.close === null)) return undefined;
  const closer = fromClient.close ? 'client' : 'server';
  const by = endedBy(exchange);
  if (by === 'shakedown' || by === undefined) return undefined;
  return by !== closer || (silentMs(exchange) ?? 0) >= patienceMs ? closer : undefined;
};

/**
 * The client went away right after the answer, without a frame of its own: that is how ws, Chromium and others refuse a 101. Python's
 * websockets and Firefox do the same.
 */
export const hungUpOnAnswer = (exchange: Exchange): boolean =>
  endedAtOnce(exchange) &&
  (withoutClose(exchange) || saidGoodbyeAfterwards(exchange)) &&
  exchange.frames.fromClient.frames === 0 &&
  endedBy(exchange) === 'client';

/** A server that answers the FIN of a client with a Close, as lua-http does. */
const saidGoodbyeAfterwards = ({ client, frames: { fromServer }, marks }: Exchange): boolean =>
  fromServer.close !== null && fromServer.frames === 1 && client.end?.by === 'peer' && (marks.lastByte ?? 0) > timeOf(client.end.at);

/** Whether bytes came where the answer was due. The river says of an end, and of a wait in vain, that a head was cut short: none had begun. */
export const saidOtherwise = ({ notAHead }: Exchange): boolean =>
  notAHead.serverSent !== undefined && !(/^(truncated|timeout)$/.test(notAHead.serverSent.why) && notAHead.serverSent.raw === '');

/** The request reached the server whole, and not one byte came back. */
export const unanswered = (exchange: Exchange): boolean => hasNoAnswer(exchange) && !saidOtherwise(exchange);

const hasNoAnswer = ({ heads, server, informational }: Exchange): boolean =>
  heads.serverGot !== null && heads.serverSent === null && informational.length === 0 && server !== null && !server.tlsFailure;

/** Milliseconds within which an end counts as one of the server's own, and not as that of a connection which nobody used. */
const unusedMs = 3000;

/** The server was reached, and ended before a request came: a TLS terminator in front of a dead service does so, and a full or crashed server. */
export const goneBeforeRequest = (exchange: Exchange): boolean => {
  const { kind, heads, notAHead, server, client, upstream } = exchange;
  const reached = server !== null && (server.peer !== null || server.tls !== undefined) && (upstream === null || upstream.outcome === 'ok');
  const clean = !server?.tlsFailure && !client.tlsFailure && server?.clientCertificate === undefined && server?.bytesIn === 0;
  const unspoken = heads.clientSent === null && (notAHead.clientSent?.raw ?? '') === '' && kind === 'unknown';
  return reached && clean && unspoken && endedBy(exchange) === 'server' && (waitedMs(exchange) ?? Number.POSITIVE_INFINITY) < unusedMs;
};

/** Milliseconds until somebody left, or the exchange ended; undefined while it lasts. */
export const waitedMs = (exchange: Exchange): number | undefined => {
  if (exchange.endedAt === null) return undefined;
  return Math.min(endedAt(exchange) ?? Number.POSITIVE_INFINITY, timeOf(exchange.endedAt)) - timeOf(exchange.startedAt);
};
