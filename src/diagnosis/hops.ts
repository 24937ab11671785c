import type { Exchange } from '../model/exchange.js';
import type { Severity } from '../model/finding.js';
import { field, type Head, opens } from '../model/head.js';
import { judgeRequest, type RequestFlawCode, type UpgradeFlaw } from '../wire/upgrade.js';
import { culpritOf } from './culprits.js';
import { bodyExcerpt, type Seen, startLine } from './evidence.js';
import type { Verdict } from './rule.js';
import { type Answer, clientRequestOf, refusedWith, requestOf } from './sights.js';

/** Whether a request, as seen there, has one of these flaws. */
export const hasFlaw = (seen: Seen | undefined, ...codes: readonly RequestFlawCode[]): boolean =>
  seen !== undefined && requestFlawsOf(seen.head).some(({ code }) => codes.includes(code));

const judged = new WeakMap<Head, readonly UpgradeFlaw<RequestFlawCode>[]>();

/** What is wrong with a request, judged once a head, since many rules ask. */
export const requestFlawsOf = (head: Head): readonly UpgradeFlaw<RequestFlawCode>[] => {
  const flaws = judged.get(head) ?? judgeRequest(head);
  judged.set(head, flaws);
  return flaws;
};

/** A request that carries the fields of a handshake, whatever became of its Upgrade. */
export const wasHandshake = (head: Head): boolean =>
  field(head, ':protocol') !== undefined ||
  field(head, 'Sec-WebSocket-Key') !== undefined ||
  field(head, 'Sec-WebSocket-Version') !== undefined;

/** A lost field that the server did not mind broke nothing. */
export const lossSeverity = ({ heads }: Exchange): Severity => (heads.serverSent && opens(heads.serverSent) ? 'warning' : 'error');

/** What was lost, between which two sights: on our own way (a fault), or before the request reached us. */
export const lossOf = (
  exchange: Exchange,
  ...codes: readonly RequestFlawCode[]
): { readonly seen: Seen; readonly where: 'here' | 'before' } | undefined => {
  const sent = clientRequestOf(exchange);
  const got = requestOf(exchange);
  if (!sent || !got || !wasHandshake(sent.head)) return undefined;
  if (hasFlaw(sent, ...codes)) return { seen: sent, where: 'before' };
  return hasFlaw(got, ...codes) ? { seen: got, where: 'here' } : undefined;
};

/** The request left us whole, and yet the server says that it lacks something: a hop behind us took it. */
export const complaintOf = (exchange: Exchange, pattern: RegExp): { readonly answer: Answer; readonly verdict: Verdict } | undefined => {
  const answer = refusedWith(exchange, 400, 403, 404, 405, 426, 500, 501, 505);
  const request = requestOf(exchange);
  if (!answer || !request || !pattern.test(answer.body)) return undefined;
  const said = bodyExcerpt(answer.leg, answer.body, pattern);
  return { answer, verdict: { confidence: 0.9, evidence: [startLine(answer), ...(said ? [said] : [])] } };
};

const hopFields = ['Via', 'X-Cache', 'Age', 'X-Served-By', 'X-Forwarded-For'] as const;

/** Whether something between us and the server has left a sign in the answer. */
export const showsHop = (answer: Answer | undefined): boolean =>
  answer !== undefined &&
  (culpritOf(answer.head, answer.body)?.role === 'intermediary' || hopFields.some((name) => field(answer.head, name) !== undefined));
