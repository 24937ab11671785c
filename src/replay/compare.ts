import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { FrameTally } from '../model/frame.js';
import { field, fieldValues, type Head, isHttp2, opens, statusLine } from '../model/head.js';
import { lacks } from '../model/imported.js';
import type { Leg } from '../model/leg.js';
import { compareFields } from './compare-heads.js';
import { compareMessages } from './compare-messages.js';
import { clientRefusedTls, type Recorded } from './recorded.js';

/** What differs between a recorded exchange and its replay; `exchange` is the recorded one's id. Texts hold captured bytes. */
export interface Difference {
  readonly exchange: string;
  readonly where: string;
  readonly recorded: string;
  readonly now: string;
}

export interface Comparison {
  readonly recorded: Recorded;
  readonly now: Recorded;
  /** Whether the scripted client refused the certificate that it was shown: no alert on record tells of that. */
  readonly refusedCertificate: boolean;
  readonly findingsOf: (exchange: Exchange) => readonly Finding[];
}

type Pair = readonly [where: string, recorded: string, now: string];

/**
 * What differs, what matters most first: reaching the server, TLS, the answer, what was agreed on, the messages, the end, the finding. What lies
 * in the client's own hands is not compared: its messages, its Close, and the TLS version and alert of the client leg.
 */
export const compare = ({ recorded, now, refusedCertificate, findingsOf }: Comparison): readonly Difference[] => {
  const [then, later] = [recorded.exchange, now.exchange];
  const [thenHead, laterHead] = [answerOf(then), answerOf(later)];
  const bothOpened = then.marks.open !== null && later.marks.open !== null;
  const complete = then.endedAt !== null;
  const otherHttp = thenHead !== null && laterHead !== null && isHttp2(thenHead) !== isHttp2(laterHead);
  const pairs: Pair[] = [
    ['dial', dialText(then), dialText(later)],
    ['server-tls', tlsText(then.server), tlsText(later.server)],
    ['client-tls', objectionText(clientRefusedTls(then)), objectionText(refusedCertificate || later.client.tlsFailure !== undefined)],
    ['status', statusText(then, otherHttp), statusText(later, otherHttp)],
    ['outcome', outcomeText(then), outcomeText(later)],
    ...(thenHead && laterHead && (then.status === later.status || (otherHttp && bothOpened))
      ? headPairs(then, later, [thenHead, laterHead])
      : []),
    ...(bothOpened && now.exchange.lostBytes === 0
      ? compareMessages(recorded, now).map((pair): Pair => ['messages', pair.recorded, pair.now])
      : []),
    ...(bothOpened && complete
      ? ([
          ['close', closeText(then.frames.fromServer), closeText(later.frames.fromServer)],
          ['end', endText(then), endText(later)],
        ] as const)
      : []),
    ['finding', findingText(findingsOf(then)), findingText(findingsOf(later))],
  ];
  return pairs
    .filter(([where, one, other]) => one !== other && !notTold(then, where))
    .map(([where, one, other]) => ({ exchange: then.id, where, recorded: one, now: other }));
};

/** What the file that an exchange was imported from does not hold is no difference. */
const notTold = (exchange: Exchange, where: string): boolean => {
  if (where === 'server-tls') return lacks(exchange, 'tls');
  if (where === 'close') return lacks(exchange, 'close') || exchange.imported?.close !== undefined;
  return where === 'end' && lacks(exchange, 'legs');
};

const answerOf = ({ heads }: Exchange): Head | null => heads.clientGot ?? heads.serverSent;

const dialText = ({ dialFailure }: Exchange): string => (dialFailure ? `failed (${dialFailure.code})` : 'no failure');

const tlsText = (leg: Leg | null): string => {
  if (leg?.tlsFailure) return `failed (${leg.tlsFailure.code}${leg.tlsFailure.alert === null ? '' : `, alert ${leg.tlsFailure.alert}`})`;
  if (!leg?.tls) return 'none';
  return `${leg.tls.version}, ${leg.tls.error === null ? 'certificate good' : `certificate bad (${leg.tls.error})`}`;
};

const objectionText = (refused: boolean): string => (refused ? 'broken off by the client' : 'no objection of the client');

/** The answer as the client got it. Over HTTP/2 it is 200 that opens a WebSocket (RFC 8441 section 5), which is the same as 101. */
const statusText = (exchange: Exchange, otherHttp: boolean): string => {
  const answer = answerOf(exchange);
  if (answer && otherHttp && opens(answer)) return 'the WebSocket was opened';
  if (answer) return String(statusLine(answer).status);
  if (exchange.refusal) return `${exchange.refusal.status}, by shakedown (${exchange.refusal.why})`;
  const other = exchange.notAHead.serverSent;
  return other ? `none (${other.why})` : 'none';
};

/** A recorded exchange that was still open is not to blame its replay for ending. */
const outcomeText = ({ outcome }: Exchange): string => (outcome === 'open' ? 'closed' : outcome);

const headPairs = (then: Exchange, later: Exchange, [recorded, now]: readonly [Head, Head]): Pair[] => {
  const negotiated = ['sec-websocket-protocol', 'sec-websocket-extensions'] as const;
  const ignored = new Set<string>(negotiated);
  // The server answered another key, because a fault changed it on the way.
  if (keyOf(then) !== keyOf(later)) ignored.add('sec-websocket-accept');
  const otherHttp = isHttp2(recorded) !== isHttp2(now);
  if (otherHttp) for (const name of ofTheConnection) ignored.add(name);
  const agreed = (head: Head, name: string): string => fieldValues(head, name).join(', ') || 'none';
  return [
    ['subprotocol', agreed(recorded, negotiated[0]), agreed(now, negotiated[0])],
    ['extensions', agreed(recorded, negotiated[1]), agreed(now, negotiated[1])],
    ...(otherHttp ? [] : ([['response-head', recorded.startLine, now.startLine]] as const)),
    ...compareFields(recorded, now, ignored).map(
      ({ name, recorded: one, now: other }): Pair => [
        'response-head',
        one === null ? `no ${name}` : `${name}: ${one}`,
        other === null ? `no ${name}` : `${name}: ${other}`,
      ],
    ),
  ];
};

/** Fields that one of HTTP/1.1 and HTTP/2 has and the other has not. */
const ofTheConnection = ['connection', 'content-length', 'keep-alive', 'sec-websocket-accept', 'transfer-encoding', 'upgrade'] as const;

const keyOf = ({ heads }: Exchange): string | undefined => field(heads.serverGot ?? heads.clientSent ?? undefined, 'sec-websocket-key');

const closeText = ({ close }: FrameTally): string =>
  close ? `${close.code}${close.reason === '' ? '' : ` ${JSON.stringify(close.reason)}`}` : 'no Close frame';

/** Only who broke off counts: which side said FIN first is a race. */
const endText = ({ server }: Exchange): string =>
  server?.end?.by === 'peer' && server.end.how !== 'fin' ? `broken off by the server (${server.end.how})` : 'in order';

const findingText = (findings: readonly Finding[]): string => findings[0]?.code ?? 'none';
