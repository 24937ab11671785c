import type { Exchange } from '../model/exchange.js';
import type { Evidence, Severity } from '../model/finding.js';
import { field } from '../model/head.js';
import { judgeResponse, offerOf, type ResponseFlawCode, type UpgradeFlaw } from '../wire/upgrade.js';
import { hungUpOnAnswer } from './endings.js';
import { allFieldEvidence, fieldEvidence, presentFields, type Seen, startLine } from './evidence.js';
import type { Verdict } from './rule.js';
import { clientRequestOf, requestOf } from './sights.js';

export interface SeenFlaw extends Seen {
  readonly flaw: UpgradeFlaw<ResponseFlawCode>;
}

const judged = new WeakMap<Exchange, readonly SeenFlaw[]>();

/**
 * What is wrong with the 101: first as the server sent it, measured by what the server was asked, then what is wrong only with the
 * copy that the client got, measured by what the client asked. Judged once an exchange, since many rules ask.
 */
export const flawsOf = (exchange: Exchange): readonly SeenFlaw[] => {
  const known = judged.get(exchange);
  if (known) return known;
  const { clientSent, serverGot, serverSent, clientGot } = exchange.heads;
  const asked = serverGot ?? clientSent;
  const atServer: SeenFlaw[] =
    serverSent && asked ? judgeResponse(serverSent, offerOf(asked)).map((flaw) => ({ flaw, leg: 'server', head: serverSent })) : [];
  const atClient: SeenFlaw[] =
    clientGot && clientSent && !exchange.refusal
      ? judgeResponse(clientGot, offerOf(clientSent)).map((flaw) => ({ flaw, leg: 'client', head: clientGot }))
      : [];
  const flaws = [
    ...atServer,
    ...atClient.filter(({ flaw }) => !atServer.some((seen) => seen.flaw.code === flaw.code && seen.flaw.field === flaw.field)),
  ];
  judged.set(exchange, flaws);
  return flaws;
};

export const flawOf = (exchange: Exchange, code: ResponseFlawCode): SeenFlaw | undefined =>
  flawsOf(exchange).find(({ flaw }) => flaw.code === code);

/** The offending lines themselves, or the sentence that they are missing. */
export const flawEvidence = (seen: SeenFlaw): readonly [Evidence, ...Evidence[]] => {
  if (seen.flaw.field === 'start-line') return [startLine(seen)];
  const [first, ...rest] = allFieldEvidence(seen, seen.flaw.field);
  return first ? [first, ...rest] : [fieldEvidence(seen, seen.flaw.field)];
};

/** A flaw that the letter of the RFC allows breaks nothing unless the client hung up on it. */
export const toleratedSeverity = (exchange: Exchange): Severity => (hungUpOnAnswer(exchange) ? 'error' : 'warning');

/** The verdict of a rule that stands for exactly one flaw of the 101. */
export const flawVerdict = (exchange: Exchange, code: ResponseFlawCode): Verdict | undefined => {
  const seen = flawOf(exchange, code);
  if (!seen) return undefined;
  const severity: { severity?: Severity } = seen.flaw.legal ? { severity: toleratedSeverity(exchange) } : {};
  return { confidence: 0.97, evidence: flawEvidence(seen), ...severity };
};

/** What the client offered and, where that is not what the server heard, what it heard. */
export const offerEvidence = (exchange: Exchange, name: string): Evidence[] => {
  const sent = clientRequestOf(exchange);
  const got = requestOf(exchange);
  if (!sent) return [];
  const heard = got && field(got.head, name) !== field(sent.head, name) ? [fieldEvidence(got, name)] : [];
  return [...presentFields(sent, name), ...heard];
};
