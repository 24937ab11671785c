import { isIP } from 'node:net';
import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import { type Head, isHttp2 } from '../model/head.js';
import { lacks } from '../model/imported.js';
import { spokenAlpn, spokenHead } from './as-http1.js';
import { type Conversation, conversationOf, hangUpOf } from './conversation.js';
import { type DoorStep, doorSteps } from './entrance.js';
import { clientRefusedTls, type Recorded } from './recorded.js';

/** Whose certificates the scripted client takes. `anyone`: it does not look. */
export type Trust = 'ours' | 'anyone' | 'nobody';

export interface TlsScript {
  /** Name or address for which the certificate must be good. */
  readonly host: string;
  readonly sni: string | null;
  readonly alpn: readonly string[];
  readonly maxVersion: 'TLSv1.2' | 'TLSv1.3';
  /** It asks for a stapled OCSP answer. */
  readonly statusRequest: boolean;
  readonly trust: Trust;
}

/** The client side of one recorded exchange, ready to be played. */
export interface Script {
  readonly type: 'script';
  /** TLS to our own port (an HTTPS proxy, or wss in reverse mode), before anything else. */
  readonly doorTls: TlsScript | null;
  readonly door: readonly DoorStep[];
  /** TLS inside the tunnel. */
  readonly tls: TlsScript | null;
  /** The request head as the client sent it, latin1, of HTTP/2 in HTTP/1.1; null when the recorded exchange did not come so far. */
  readonly head: string | null;
  /** What the client sent behind its head without having been let in; nothing when it was. */
  readonly early: Uint8Array;
  /** How long the recorded client waited in vain for an answer, milliseconds; null when it got one. */
  readonly patienceMs: number | null;
  readonly hangUp: 'fin' | 'reset';
  /** What follows an answer of 101. */
  conversation(answer: Head): Conversation;
  /** Sentences on what is not as it was recorded. */
  readonly notes: readonly string[];
}

export interface Unplayable {
  readonly type: 'unplayable';
  /** A sentence. */
  readonly why: string;
}

/** The shortest patience, milliseconds: a recorded client that gave up at once shall not outrun a healthy answer. */
const leastPatienceMs = 1000;

/** Makes the script of a recorded exchange, or says why there can be none. */
export const scriptOf = (recorded: Recorded): Script | Unplayable => {
  const { chunks } = recorded;
  const exchange = playable(recorded.exchange);
  const why = whyUnplayable(exchange);
  if (why !== undefined) return { type: 'unplayable', why };
  const { entrance, heads, notAHead, client } = exchange;
  const tunnelled = entrance === 'connect' || entrance === 'socks5' || entrance === 'socks4a';
  // A recording tells one ClientHello an exchange: of TLS to our port with TLS inside, that is the inner one.
  const inner = tunnelled && exchange.target?.scheme !== 'ws' && exchange.target?.scheme !== 'http';
  const tls = client.hello ? tlsScriptOf(exchange) : null;
  const early = exchange.marks.open === null ? chunks.filter(({ from }) => from === 'client').map(({ chunk }) => chunk) : [];
  return {
    type: 'script',
    doorTls: inner ? null : tls,
    door: doorSteps(exchange),
    tls: inner ? tls : null,
    head: heads.clientSent ? spokenHead(heads.clientSent) : (notAHead.clientSent?.raw ?? null),
    early: Buffer.concat(early),
    patienceMs: patienceOf(exchange),
    hangUp: hangUpOf(exchange),
    conversation: (answer) => conversationOf({ exchange, chunks }, answer),
    notes: notesOf(exchange, tunnelled),
  };
};

/** What was imported came in by no door: it is played through a tunnel, with the TLS that its URL asks for. */
const playable = (exchange: Exchange): Exchange => {
  const { imported, entrance, target, client, heads } = exchange;
  if (!imported || entrance !== null || !target || !heads.clientSent) return exchange;
  const hello = { sni: isIP(target.host) ? null : target.host, alpn: [], versions: [] };
  return { ...exchange, entrance: 'connect', client: target.scheme === 'wss' ? { ...client, hello } : client };
};

const whyUnplayable = ({ kind, entrance, notAHead, lostBytes, outcome, imported }: Exchange): string | undefined => {
  if (kind === 'tunnel') return 'It is an opaque tunnel: shakedown did not open it, so there is no handshake to send again.';
  if (kind === 'http') return 'It is a plain HTTP request, not a WebSocket handshake; replay sends handshakes only.';
  if (entrance === null && imported) return 'The file that it was imported from does not hold its request head.';
  if (entrance === null) return 'It never got past the door: the recording names no target.';
  if (outcome === 'pending') return 'Its outcome is not on record, so there is nothing to compare a replay with.';
  if (notAHead.clientSent?.why === 'too-large') return 'Its request head was too large to be recorded whole.';
  if (lostBytes > 0) return `The recording lacks ${lostBytes} bytes of it, so its messages cannot be sent as they were.`;
  return undefined;
};

const notesOf = (exchange: Exchange, tunnelled: boolean): string[] => {
  const notes: string[] = [];
  if (tunnelled && exchange.door.request === '') {
    notes.push('It was a later request of its connection; the replay gives it a connection of its own.');
  }
  if (lacks(exchange, 'raw-heads'))
    notes.push("Its request head is rebuilt from the fields that another tool's file holds, and the replay comes in by CONNECT.");
  else if (exchange.reserialised)
    notes.push('Its request head is on record as Node had read it: names and order are as they were, spacing is not.');
  if (exchange.heads.clientSent && isHttp2(exchange.heads.clientSent)) {
    notes.push('It was a stream of an HTTP/2 connection; the replay sends its handshake as HTTP/1.1, on a connection of its own.');
  }
  if (exchange.heads.clientSent === null) notes.push('The client sent no request head; the connection is replayed up to the same point.');
  if (exchange.endedAt === null) notes.push('The recording does not hold its end; the replay ends it with Close 1000.');
  return notes;
};

const tlsScriptOf = (exchange: Exchange): TlsScript => {
  const { sni = null, alpn = [], versions = [], statusRequest = false } = exchange.client.hello ?? {};
  return {
    host: sni ?? exchange.target?.host ?? '',
    sni,
    alpn: spokenAlpn(alpn),
    maxVersion: versions[0] === 'TLSv1.2' ? 'TLSv1.2' : 'TLSv1.3',
    statusRequest,
    trust: trustOf(exchange),
  };
};

/**
 * Read off what the recorded client did with the certificate that it was shown: a bad one that it took anyway tells of a client that does
 * not look, a good one that it refused of a client that does not know our CA.
 */
const trustOf = (exchange: Exchange): Trust => {
  const shownBad = exchange.mirrored?.possible === true || exchange.applied.some(({ stage }) => stage === 'client-tls');
  if (clientRefusedTls(exchange)) return shownBad ? 'ours' : 'nobody';
  return shownBad && exchange.heads.clientSent !== null ? 'anyone' : 'ours';
};

const patienceOf = ({ heads, notAHead, refusal, client, startedAt }: Exchange): number | null => {
  const answered = heads.clientGot ?? heads.serverSent ?? notAHead.serverSent ?? refusal;
  if (answered || client.end?.by !== 'peer') return null;
  return Math.max(leastPatienceMs, timeOf(client.end.at) - timeOf(startedAt));
};
