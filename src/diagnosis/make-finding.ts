import type { Exchange } from '../model/exchange.js';
import { type AppliedFault, byHand } from '../model/fault-choice.js';
import type { Evidence, Finding, Fix } from '../model/finding.js';
import { opens } from '../model/head.js';
import type { Culprit } from './culprits.js';
import { faultEvidence } from './evidence.js';
import { faultBehind } from './own-faults.js';
import type { Rule, Verdict } from './rule.js';
import { answerOf } from './sights.js';

/** A rule and what it said of one exchange. */
export interface Said {
  readonly rule: Rule;
  readonly verdict: Verdict;
}

/** Makes the finding of a verdict: adds who answered, our own fault when it explains the evidence, and the fitting fixes first. */
export const makeFinding = (exchange: Exchange, { rule, verdict }: Said, brand: Culprit | undefined): Finding => {
  const answered = verdict.evidence.some(({ what }) => what === 'response-head' || what === 'body');
  const answerer = answered ? brand : undefined;
  const finding: Finding = {
    code: rule.code,
    cause: rule.cause,
    severity: verdict.severity ?? rule.severity,
    confidence: verdict.confidence,
    title: verdict.title ?? rule.title,
    evidence: withoutRepeats(verdict.evidence),
    ruledOut: [],
    culprit: verdict.culprit ?? null,
    fix: [...(verdict.fix ?? []), ...fittingFirst(rule.fixes, answerer)],
    rfc: rule.rfc,
  };
  // A rule that names the culprit itself has looked past our faults.
  const fault = typeof verdict.culprit === 'string' ? undefined : faultBehind(exchange, verdict.evidence);
  if (fault) return blame(finding, fault);
  if (!answerer || verdict.culprit !== undefined) return finding;
  const told = finding.evidence.some(({ what, text }) =>
    answerer.evidence.what === 'body' ? what === 'body' : text === answerer.evidence.text,
  );
  return { ...finding, culprit: answerer.name, evidence: told ? finding.evidence : [...finding.evidence, answerer.evidence] };
};

const blame = (finding: Finding, fault: AppliedFault): Finding => ({
  ...finding,
  culprit: fault.id === byHand ? 'somebody, by hand in shakedown' : `shakedown's fault ${fault.id}`,
  evidence: [...finding.evidence, faultEvidence(fault)],
  fix: [
    {
      for: 'shakedown',
      text:
        fault.id === byHand
          ? 'Somebody did this by hand, in shakedown or over its control API.'
          : `This is shakedown's own fault ${fault.id} at work: disarm it, or make the app survive it.`,
    },
    ...finding.fix,
  ],
});

/**
 * A fault on the request is behind a refusal also where no field of the evidence shows it: the server judged a request that the client
 * did not send. Gateway errors and limits of rate have reasons of their own.
 */
export const blameRefusal = (exchange: Exchange, findings: readonly Finding[]): readonly Finding[] => {
  const [first, ...rest] = findings;
  const fault = exchange.applied.find(({ stage }) => stage === 'request');
  const answer = answerOf(exchange);
  const status = answer?.status ?? 0;
  const ownReason = (answer && opens(answer.head)) || status === 407 || status === 429 || status >= 500 || status === 0;
  if (!first || !fault || ownReason || findings.some(({ evidence }) => evidence.some(({ what }) => what === 'fault'))) return findings;
  return [blame(first, fault), ...rest];
};

const withoutRepeats = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.filter(
    (piece, index) =>
      evidence.findIndex(
        ({ leg, what, text, offset }) => leg === piece.leg && what === piece.what && text === piece.text && offset === piece.offset,
      ) === index,
  );

/** The fixes for the product that answered come first. */
const fittingFirst = (fixes: readonly Fix[], culprit: Culprit | undefined): Fix[] => {
  const fits = (fix: Fix): boolean => culprit?.fixes.includes(fix.for) ?? false;
  return [...fixes.filter(fits), ...fixes.filter((fix) => !fits(fix))];
};
