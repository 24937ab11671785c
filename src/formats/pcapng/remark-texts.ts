import type { Exchange } from '../../model/exchange.js';
import type { AppliedFault } from '../../model/fault-choice.js';
import type { Evidence, Finding } from '../../model/finding.js';
import type { Sender } from '../../model/frame.js';
import type { Leg } from '../../model/leg.js';
import { authorityOf, urlOf } from '../../model/target.js';
import type { TlsFacts } from '../../model/tls-facts.js';
import { visible } from '../../wire/visible.js';
import type { Remark, Spot } from './remarks.js';

/** Of one comment, characters. */
const longestText = 2000;

/** A comment: captured text in it is made visible, and cut. */
export const commentText = (text: string): string => {
  const shown = visible(text.slice(0, longestText + 1));
  return shown.length <= longestText ? shown : `${shown.slice(0, longestText - 1)}…`;
};

const headOf = ({ heads, notAHead }: Exchange, leg: Sender, kind: 'request' | 'response'): boolean =>
  kind === 'request'
    ? (leg === 'client' ? (heads.clientSent ?? notAHead.clientSent) : heads.serverGot) != null
    : (leg === 'client' ? heads.clientGot : (heads.serverSent ?? notAHead.serverSent)) != null;

/** Whether the leg carries anything behind its door, so that its connection is shown. */
const isOpened = (exchange: Exchange, leg: Sender): boolean =>
  leg === 'client'
    ? headOf(exchange, 'client', 'request')
    : exchange.server?.peer != null || exchange.heads.serverGot !== null || (exchange.dialFailure?.attempts.length ?? 0) > 0;

const legOf = ({ client, server }: Exchange, leg: Sender): Leg | null => (leg === 'client' ? client : server);

/** Where the proof is, when there will be such a packet. */
const spotOf = (exchange: Exchange, { leg, what, offset }: Evidence): Spot | null => {
  switch (what) {
    case 'request-head':
      return headOf(exchange, leg, 'request') ? 'request' : null;
    case 'response-head':
      return headOf(exchange, leg, 'response') ? 'response' : null;
    case 'body':
      return exchange.body !== '' && exchange.kind === 'websocket' ? 'body' : null;
    case 'certificate':
    case 'tls':
    case 'settings':
    case 'connect':
    case 'timing':
      return isOpened(exchange, leg) ? 'opening' : null;
    case 'frames':
      return offset === undefined ? (legOf(exchange, leg)?.end ? 'end' : null) : 'frames';
    case 'entrance':
      return exchange.door.request === '' ? null : 'door';
    case 'upstream':
      return exchange.upstream ? 'upstream' : null;
    case 'end':
      return legOf(exchange, leg)?.end ? 'end' : null;
    case 'url':
    case 'fault':
    case 'trial':
      return null;
  }
};

const findingText = ({ code, severity, confidence, title, evidence, culprit, fix, rfc }: Finding): string =>
  [
    `${code} (${severity}, ${Math.round(confidence * 100)} %): ${title}`,
    ...evidence.slice(0, 3).map(({ leg, what, text }) => `Evidence on the ${leg} leg, ${what}: ${text.slice(0, 200)}`),
    ...(culprit === null ? [] : [`Most likely by: ${culprit}`]),
    ...fix.slice(0, 2).map(({ for: whom, text }) => `For ${whom}: ${text}`),
    ...(rfc === '' ? [] : [rfc]),
  ].join(' | ');

const findingRemark = (exchange: Exchange, finding: Finding): Remark => {
  const text = commentText(findingText(finding));
  for (const evidence of finding.evidence) {
    const spot = spotOf(exchange, evidence);
    if (spot === null) continue;
    const { leg, offset } = evidence;
    return { leg, spot, text, ...(spot === 'frames' && offset !== undefined ? { offset } : {}) };
  }
  return { leg: 'client', spot: 'first', text };
};

const legText = (exchange: Exchange, leg: Sender): string => {
  const { id, target, outcome, status, http2 } = exchange;
  const stream = http2 ? `, stream ${http2.stream} of HTTP/2 on client connection ${exchange.connection}` : '';
  return `shakedown exchange ${id}, ${leg} leg: ${target ? urlOf(target) : 'no target'}; ${outcome}${status > 0 ? `, status ${status}` : ''}${stream}`;
};

/** What is known of an exchange before its first packet. */
export const remarksOf = (exchange: Exchange, findings: readonly Finding[]): Remark[] => [
  { leg: 'client', spot: 'first', text: commentText(legText(exchange, 'client')) },
  { leg: 'server', spot: 'first', text: commentText(legText(exchange, 'server')) },
  ...findings.map((finding) => findingRemark(exchange, finding)),
];

/** A fault as it was applied: with the packet that it changed, or what comes next on its leg. */
export const faultRemark = (exchange: Exchange, { id, params, stage, leg }: AppliedFault): Remark => {
  const said = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  const text = commentText(`Fault ${[id, ...said].join(' ')} was applied here (stage ${stage}).`);
  const kind = stage === 'request' || stage === 'response' ? stage : null;
  return { leg, spot: kind !== null && headOf(exchange, leg, kind) ? kind : 'next', text };
};

const tlsText = ({ version, cipher, sni, alpn }: TlsFacts): string =>
  `${version} ${cipher}${sni === null ? '' : `, server name ${sni}`}${alpn === null ? '' : `, ALPN ${alpn}`}`;

/** What was taken off the bytes of this connection, and whatever else is to be said where it begins. */
export const openingTexts = (exchange: Exchange, leg: Sender, further: readonly string[]): string[] => {
  const { tls, tlsFailure } = legOf(exchange, leg) ?? {};
  const texts = [
    ...(tls ? [`TLS was taken off here: ${tlsText(tls)}.`] : []),
    ...(tlsFailure ? [`The TLS handshake failed here: ${tlsFailure.message} (${tlsFailure.code}).`] : []),
    ...further,
  ];
  return texts.map(commentText);
};

/** Where what was said at the door, or to an upstream proxy, leads: a connection of its own here. */
export const insideText = ({ id, target }: Exchange, leg: Sender): string =>
  `shakedown exchange ${id}, ${leg} leg: inside the tunnel to ${target ? authorityOf(target) : 'the server'}, as a connection of its own.`;

export const streamText = ({ http2 }: Exchange): string =>
  `This is stream ${http2?.stream ?? 0} of an HTTP/2 connection, as a connection of its own: its frames are written anew, heads without compression, DATA as it crossed. Bodies of plain requests are not recorded.`;
