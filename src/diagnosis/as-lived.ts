import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { type Head, opens, statusLine } from '../model/head.js';
import type { Leg, LegEnd, Timings } from '../model/leg.js';
import type { TlsFailure } from '../model/tls-facts.js';
import { alertOfCode } from '../wire/tls-alert.js';
import { doorLived } from './door-lived.js';
import { received } from './frames.js';

/** The exchange as its peers lived through it, for rules that know nothing of faults. */
export interface Lived {
  readonly exchange: Exchange;
  /** Kinds of evidence that speak of the server and were seen by the client only. */
  readonly onClientLeg: ReadonlySet<Evidence['what']>;
  /** Kinds of evidence that speak of the client and were seen by the server only. */
  readonly onServerLeg: ReadonlySet<Evidence['what']>;
}

/**
 * Where faults stood between the two legs, the client met a server that is not the one on the server leg: what a fault said, how it ended
 * the connection, what frames it made. Rules are to explain just that, as they would without us, so it takes the server's place here; and
 * what a fault kept from the server takes the client's.
 */
export const asLived = (recorded: Exchange): Lived => {
  const onClientLeg = new Set<Evidence['what']>();
  const onServerLeg = new Set<Evidence['what']>();
  if (recorded.applied.length === 0) return { exchange: recorded, onClientLeg, onServerLeg };
  const door = doorLived(recorded);
  const request = requestGiven(door.exchange);
  if (request) onServerLeg.add('request-head');
  const exchange = { ...door.exchange, ...request };
  const shift = (...what: readonly Evidence['what'][]): void => {
    for (const one of what) onClientLeg.add(one);
  };
  shift(...door.seen);
  const answer = answerGiven(exchange);
  if (answer) shift('response-head', 'body', 'timing');
  const timings = timingsLived(exchange);
  if (timings) shift('timing');
  const { informational = exchange.informational } = exchange.given;
  if (informational !== exchange.informational) shift('response-head');
  const ends = endsLived(exchange);
  if (ends.server) shift('end');
  if (ends.client) for (const one of ['end', 'timing'] as const) onServerLeg.add(one);
  const late = alertOfCode(ends.server?.code ?? '') !== null;
  // An alert behind the handshake is told with the end.
  if (late) shift('tls');
  if (exchange.given.fromServer) shift('frames');
  const tls = tlsLived(exchange);
  if (tls) shift('tls', 'certificate');
  const legs = tls ? withFailure(exchange, tls) : exchange;
  const met = legs.server ?? (late ? unseen : null);
  const server = met && { ...met, ...(timings && { timings }), ...(ends.server && { end: ends.server }) };
  const client = { ...legs.client, ...(ends.client && { end: ends.client }) };
  const heads = { ...exchange.heads, ...answer?.heads };
  // Whoever ended it had heard the request, as far as the client can tell.
  if (ends.server) heads.serverGot ??= heads.clientSent;
  return {
    exchange: {
      ...exchange,
      ...answer,
      heads,
      informational,
      client,
      server,
      frames: framesLived(exchange),
      closer: closerLived(exchange),
    },
    onClientLeg,
    onServerLeg,
  };
};

/** What the server got for a request, where a fault cut it short: to the server its client left in the middle of it. */
const requestGiven = ({ heads, notAHead, applied }: Exchange): Partial<Exchange> | undefined => {
  const { serverGot } = heads;
  if (!serverGot || /\r?\n\r?\n$/.test(serverGot.raw) || !applied.some(({ stage }) => stage === 'request')) return undefined;
  return { heads: { ...heads, serverGot: null }, notAHead: { ...notAHead, clientSent: { raw: serverGot.raw, why: 'truncated' } } };
};

/** What the client got for an answer, where a fault made it; undefined where it is the server's. */
const answerGiven = ({ heads, notAHead, refusal, applied }: Exchange): Partial<Exchange> | undefined => {
  const { clientGot, serverSent } = heads;
  if (refusal || !serverSent || clientGot?.raw === serverSent.raw || !applied.some(({ stage }) => stage === 'response')) return undefined;
  if (clientGot && isWhole(clientGot)) {
    return {
      heads: { ...heads, serverSent: clientGot },
      status: statusLine(clientGot).status,
      outcome: opens(clientGot) ? 'closed' : 'refused',
    };
  }
  const raw = clientGot?.raw ?? '';
  const why = raw.startsWith('HTTP/') ? 'truncated' : 'unknown-bytes';
  return {
    heads: { ...heads, serverSent: null, clientGot: null },
    status: 0,
    outcome: 'failed',
    ...(raw !== '' && { notAHead: { ...notAHead, serverSent: { raw, why } } }),
  };
};

const isWhole = ({ raw }: Head): boolean => raw.startsWith('HTTP/') && /\r?\n\r?\n$/.test(raw);

/** The times of the server leg, where a fault held the answer back, or kept it: the client waited for it as long as its own leg says. */
const timingsLived = ({ applied, client, server }: Exchange): Timings | undefined => {
  if (!server || !applied.some(({ stage }) => stage === 'response')) return undefined;
  const { response: _, ...rest } = server.timings;
  const { response } = client.timings;
  return { ...rest, ...(response !== undefined && { response }) };
};

/** The ends that faults made, as acts of the peer that they imitate. */
const endsLived = ({ applied, client, server }: Exchange): { readonly client?: LegEnd; readonly server?: LegEnd } => {
  const made = (end: LegEnd | undefined, leg: 'client' | 'server'): LegEnd | undefined =>
    end?.by === 'shakedown' && applied.some((fault) => fault.leg === leg) ? { ...end, by: 'peer' } : undefined;
  const toClient = server?.end?.by === 'peer' ? undefined : made(client.end, 'client');
  if (toClient) return { server: toClient };
  const first = client.end?.by === 'peer' && (!server?.end || timeOf(client.end.at) <= timeOf(server.end.at));
  const toServer = first ? undefined : made(server?.end, 'server');
  return toServer ? { client: toServer } : {};
};

/** The server that a client met at our own port, where no server leg had begun. */
const unseen: Leg = { side: 'server', peer: null, timings: {}, bytesIn: 0, bytesOut: 0 };

/** The legs with this failure in the place of the TLS that the server leg agreed on. */
const withFailure = ({ client, server }: Exchange, tlsFailure: TlsFailure): Pick<Exchange, 'client' | 'server'> => {
  const { tlsFailure: _, ...met } = client;
  const { tls: __, ...unmet } = server ?? unseen;
  return { client: met, server: { ...unmet, tlsFailure } };
};

/** The handshake that was due and never answered, or what came in its place, in the codes that Node's client has for the same. */
const metInstead = ({ client }: Exchange, failure: TlsFailure): Pick<TlsFailure, 'code' | 'message' | 'alert'> => {
  const { firstBytes } = failure;
  if (/^\x15\x03[\s\S]\x00\x02/.test(firstBytes) && firstBytes.length >= 7) {
    const alert = firstBytes.charCodeAt(6);
    return { code: '', message: `SSL alert number ${alert}`, alert };
  }
  if (firstBytes !== '') return { code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'wrong version number', alert: null };
  const how = client.end?.by === 'shakedown' ? client.end.how : 'timeout';
  if (how === 'reset') return { code: 'ECONNRESET', message: 'read ECONNRESET', alert: null };
  if (how === 'fin') return { code: 'SHK_TLS_EOF', message: 'the server closed the connection during the TLS handshake', alert: null };
  return { code: 'ETIMEDOUT', message: 'the TLS handshake was not answered', alert: null };
};

/**
 * The server's TLS as a client met it that a fault turned down before anything was agreed on: by its bytes, or by bounds that our own side
 * then kept. What the client says of a certificate stays the client's.
 */
const tlsLived = (exchange: Exchange): TlsFailure | undefined => {
  const failure = exchange.client.tlsFailure;
  if (!failure || failure.alert !== null || !exchange.applied.some(({ stage }) => stage === 'client-tls')) return undefined;
  if (failure.code === 'SHK_TLS_FAULT') return { ...failure, ...metInstead(exchange, failure) };
  // Ours to say: with a word of the client's there would be an alert.
  return failure.code.startsWith('ERR_SSL_') ? { ...failure, chain: [] } : undefined;
};

/**
 * What each side got of the other. A Ping counts where it was sent all the same: whoever sent it waits for the Pong, whether it arrived or
 * not.
 */
const framesLived = (exchange: Exchange): Exchange['frames'] => {
  const got = received(exchange);
  const { fromClient, fromServer } = exchange.frames;
  return {
    fromClient: { ...got.fromClient, pings: Math.max(got.fromClient.pings, fromClient.pings) },
    fromServer: { ...got.fromServer, pings: Math.max(got.fromServer.pings, fromServer.pings) },
  };
};

/** Of a direction that faults had in hand nobody knows when its Close came. */
const closerLived = ({ closer, given }: Exchange): Exchange['closer'] => (given.fromClient || given.fromServer ? undefined : closer);

/** Evidence on the leg where it was seen. */
export const onItsLeg = (evidence: Evidence, { onClientLeg, onServerLeg }: Lived): Evidence => {
  if (evidence.leg === 'server' && onClientLeg.has(evidence.what)) return { ...evidence, leg: 'client' };
  return evidence.leg === 'client' && onServerLeg.has(evidence.what) ? { ...evidence, leg: 'server' } : evidence;
};
