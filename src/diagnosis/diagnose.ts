import type { Exchange } from '../model/exchange.js';
import type { Finding, Fix } from '../model/finding.js';
import { field } from '../model/head.js';
import { sentenceOf } from '../model/problem.js';
import { rules as catalogue } from './catalogue.js';
import { type Culprit, culpritOf } from './culprits.js';
import { faultEvidence } from './evidence.js';
import { faultBehind } from './own-faults.js';
import { rank } from './rank.js';
import type { Rule, Verdict } from './rule.js';
import { answerOf } from './sights.js';

export interface Diagnosis {
  /** Most likely first; none for a healthy handshake. */
  readonly findings: readonly Finding[];
  /** Rules that threw, in the catalogue's order: bugs of ours, never a reason to keep the other findings back. */
  readonly failures: readonly { readonly code: string; readonly message: string }[];
}

/** Runs every rule over one exchange. */
export const examine = (exchange: Exchange, rules: readonly Rule[] = catalogue): Diagnosis => {
  if (!isOurConcern(exchange)) return { findings: [], failures: [] };
  const findings: Finding[] = [];
  const failures: { code: string; message: string }[] = [];
  const answer = answerOf(exchange);
  const brand = answer && culpritOf(answer.head, answer.body);
  for (const rule of rules) {
    try {
      const verdict = rule.examine(exchange);
      if (verdict) findings.push(findingFrom(exchange, { rule, verdict, brand }));
    } catch (thrown) {
      failures.push({ code: rule.code, message: sentenceOf(thrown) });
    }
  }
  return { findings: rank(findings, exchange), failures };
};

/** What is wrong with an exchange, most likely first; empty when it is healthy. */
export const diagnose = (exchange: Exchange): readonly Finding[] => examine(exchange).findings;

/** Plain HTTP and opaque tunnels are none of ours, but for a request that clearly was a handshake once. */
const isOurConcern = ({ kind, heads }: Exchange): boolean => {
  if (kind === 'tunnel') return false;
  if (kind !== 'http') return true;
  return (
    heads.clientSent !== null &&
    (field(heads.clientSent, 'Sec-WebSocket-Key') ?? field(heads.clientSent, 'Sec-WebSocket-Version')) !== undefined
  );
};

const findingFrom = (
  exchange: Exchange,
  { rule, verdict, brand }: { readonly rule: Rule; readonly verdict: Verdict; readonly brand: Culprit | undefined },
): Finding => {
  // A rule that names the culprit itself has looked past our faults.
  const fault = typeof verdict.culprit === 'string' ? undefined : faultBehind(exchange, verdict.evidence);
  const answered = verdict.evidence.some(({ what }) => what === 'response-head' || what === 'body');
  const answerer = answered ? brand : undefined;
  const branded = answerer && verdict.culprit === undefined && !fault ? [answerer.evidence] : [];
  const evidence = [...verdict.evidence, ...branded.filter((piece) => !verdict.evidence.some(({ text }) => text === piece.text))];
  const disarm: Fix[] = fault
    ? [{ for: 'shakedown', text: `This is shakedown's own fault ${fault.id} at work: disarm it, or make the app survive it.` }]
    : [];
  return {
    code: rule.code,
    cause: rule.cause,
    severity: verdict.severity ?? rule.severity,
    confidence: fault ? Math.max(verdict.confidence, 0.95) : verdict.confidence,
    title: verdict.title ?? rule.title,
    evidence: fault ? [...evidence, faultEvidence(fault)] : evidence,
    culprit: fault
      ? `shakedown's fault ${fault.id}`
      : (verdict.culprit ?? (verdict.culprit === undefined ? (answerer?.name ?? null) : null)),
    fix: [...disarm, ...(verdict.fix ?? []), ...fittingFirst(rule.fixes, answerer)],
    rfc: rule.rfc,
  };
};

/** The fixes for the product that answered come first. */
const fittingFirst = (fixes: readonly Fix[], culprit: Culprit | undefined): Fix[] => {
  const fits = (fix: Fix): boolean => culprit?.fixes.includes(fix.for) ?? false;
  return [...fixes.filter(fits), ...fixes.filter((fix) => !fits(fix))];
};
