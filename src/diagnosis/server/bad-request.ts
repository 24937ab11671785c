import type { Exchange } from '../../model/exchange.js';
import type { Evidence } from '../../model/finding.js';
import { requestLine } from '../../model/head.js';
import { bodyExcerpt, fieldEvidence, startLine } from '../evidence.js';
import { requestFlawsOf } from '../hops.js';
import { defineRule, type Verdict } from '../rule.js';
import { clientRequestOf, refusedWith, requestOf } from '../sights.js';

const pointAt = (raw: string, offset: number): string => {
  const start = raw.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = raw.indexOf('\n', offset);
  return raw
    .slice(start, end === -1 ? undefined : end)
    .replace(/\r$/, '')
    .slice(0, 200);
};

/** What shakedown itself refused, because two parties could read it in two ways, or nobody at all. */
const refusedByUs = (exchange: Exchange): Verdict | undefined => {
  const { refusal, notAHead } = exchange;
  if (!refusal || !['ambiguous-head', 'bad-request', 'too-large', 'timeout', 'bad-target'].includes(refusal.why)) return undefined;
  const request = clientRequestOf(exchange);
  if (refusal.why === 'timeout' && (request || exchange.heads.serverGot)) return undefined;
  const defects = (request?.head.defects ?? []).filter(({ ambiguous }) => ambiguous || refusal.why !== 'ambiguous-head');
  const pieces: Evidence[] = request
    ? defects.map(({ offset, note }) => ({
        leg: 'client',
        what: 'request-head',
        text: `${note}: ${pointAt(request.head.raw, offset)}`,
        offset,
      }))
    : [{ leg: 'client', what: 'request-head', text: (notAHead.clientSent?.raw ?? '').slice(0, 200), offset: 0 }];
  const [first = { leg: 'client', what: 'request-head', text: refusal.text } satisfies Evidence, ...rest] = pieces;
  const titles: Readonly<Record<string, string>> = {
    'ambiguous-head': 'The request head can be read in two ways, so shakedown did not send it on',
    'too-large': 'The request head is larger than shakedown takes',
    'bad-target': 'The target of the request cannot be read',
    timeout: 'The client never finished its request',
  };
  return {
    confidence: 0.95,
    evidence: [first, ...rest],
    title: titles[refusal.why] ?? 'What the client sent is no HTTP request',
    culprit: 'the client',
    fix:
      refusal.why === 'ambiguous-head' ? [{ for: 'shakedown', text: 'Send it on all the same.', config: 'shakedown start --lenient' }] : [],
  };
};

/** Tomcat refuses them with 400, while most servers take them and browsers send them as they are in a query. */
const foreignCharacters = (target: string): string => [...new Set(target.match(/[^\x21-\x7e]|["<>\\^`{|}]/g) ?? [])].slice(0, 8).join(' ');

export const rule = defineRule({
  code: 'server.bad-request',
  cause: 'server',
  severity: 'error',
  title: 'The server calls the handshake a bad request',
  question: 'Was the answer 400, or could the request not even be sent on?',
  remedy:
    'See whether the request breaks RFC 6455; if it does not, the server wants something of its own (a parameter, another path, a subprotocol).',
  fixes: [
    {
      for: 'the client',
      text: 'Leave the handshake to a WebSocket library: GET, HTTP/1.1, Upgrade, Connection, a key of 16 bytes, version 13.',
    },
    { for: 'the server', text: 'Look into its log for the reason; ws says 400 to a wrong path too.' },
  ],
  rfc: 'RFC 6455 4.2.1',
  examine: (exchange) => {
    const ours = refusedByUs(exchange);
    if (ours) return ours;
    const answer = refusedWith(exchange, 400);
    const request = requestOf(exchange);
    if (!answer || !request) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    const flaws = requestFlawsOf(request.head);
    const [flaw] = flaws;
    const [defect] = request.head.defects;
    if (!flaw && defect) {
      return {
        confidence: 0.85,
        evidence: [
          startLine(answer),
          ...(excerpt ? [excerpt] : []),
          ...request.head.defects.slice(0, 5).map(
            ({ note, offset }): Evidence => ({
              leg: request.leg,
              what: 'request-head',
              text: `${note}: ${pointAt(request.head.raw, offset)}`,
              offset,
            }),
          ),
        ],
        title: `The server answered ${answer.text}, and rightly: ${defect.note}`,
      };
    }
    const foreign = foreignCharacters(requestLine(request.head).target);
    if (!flaw && foreign !== '')
      return {
        confidence: 0.8,
        evidence: [startLine(answer), startLine(request), ...(excerpt ? [excerpt] : [])],
        title: `The server answered ${answer.text}, and the URL holds what must be percent-encoded: ${foreign}`,
        culprit: 'the client',
        fix: [{ for: 'the client', text: 'Encode each value that goes into the URL.', config: 'url.searchParams.set(name, value);' }],
      };
    if (!flaw) return { confidence: 0.6, evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])] };
    const sent = clientRequestOf(exchange);
    const ownFlaw = sent !== undefined && requestFlawsOf(sent.head).some(({ code }) => code === flaw.code);
    return {
      confidence: 0.88,
      evidence: [
        startLine(answer),
        ...(excerpt ? [excerpt] : []),
        ...flaws.map(({ field }) => (field === 'start-line' ? startLine(request) : fieldEvidence(request, field))),
      ],
      title: `The server answered ${answer.text}, and rightly: ${flaw.note}`,
      ...(ownFlaw ? { culprit: 'the client' } : {}),
    };
  },
});
