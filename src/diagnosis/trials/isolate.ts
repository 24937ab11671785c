import type { Finding, RuledOut } from '../../model/finding.js';
import { rules } from '../catalogue.js';
import { culpritOf } from '../culprits.js';
import { makeFinding } from '../make-finding.js';
import { compareFindings } from '../rank.js';
import { answerOf } from '../sights.js';
import { conclusions } from './conclusions.js';
import { asAsked, type Conclusion, didOpen, type Trial, type Tried, trialEvidence, trialsOf } from './trial.js';

const fits = (code: string, pattern: string): boolean => (pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern);

/** What an experiment still leaves of a finding that it speaks against without proving another. */
const doubted = 0.2;

/** From here on the bytes themselves are proof, and an experiment that proves nothing else does not shake it. */
const proof = 0.95;

/**
 * The findings of the first attempt in the light of the experiments: what they prove comes first, what they rule out goes, or, where they prove
 * nothing in its place, becomes less likely.
 */
export const isolate = (tried: Tried): readonly Finding[] => {
  const { findings } = tried;
  const again = trialsOf(tried, asAsked).find(({ exchange }) => didOpen(exchange));
  if (again) return passed(findings, again);
  const drawn = strongest(conclusions.flatMap((conclude) => conclude(tried)));
  const proven = drawn.filter(({ code }) => code !== '').map((conclusion) => findingOf(tried, conclusion));
  const codes = new Set(proven.map(({ code }) => code));
  const out: RuledOut[] = drawn.flatMap(({ rulesOut = [] }) => rulesOut).filter(({ code }) => !code.endsWith('*'));
  const rest = findings.flatMap((finding): Finding[] => {
    if (codes.has(finding.code)) return [];
    const against = drawn.find(
      ({ code, rulesOut = [] }) => (code !== '' || finding.confidence < proof) && rulesOut.some((one) => fits(finding.code, one.code)),
    );
    const because = against?.rulesOut?.find(({ code }) => fits(finding.code, code))?.because;
    if (!against || because === undefined || finding.severity !== 'error') return [finding];
    out.push({ code: finding.code, because });
    return against.code !== '' || findings.length > 1 ? [] : [{ ...finding, confidence: Math.min(finding.confidence, doubted) }];
  });
  // Never nothing for what did fail: then the least unlikely stays.
  const kept = [...proven, ...rest].some(({ severity }) => severity === 'error') ? rest : findings.filter(({ code }) => !codes.has(code));
  return withoutPresent([...proven, ...kept].sort(compareFindings), out);
};

/** The same attempt opens now: what failed was of the moment, and no change of ours mended it. */
const passed = (findings: readonly Finding[], again: Trial): readonly Finding[] => {
  // The very Origin and the very URL have opened it: neither was the reason.
  const isRefuted = ({ code }: Finding): boolean => /^(origin\.|url\.(not-found|wrong-))/.test(code);
  const left = findings.filter((finding) => !isRefuted(finding));
  const [head, ...tail] = left.some(({ severity }) => severity === 'error') ? left : findings;
  if (!head) return [];
  const because = 'the same request opens, too';
  const out = findings.filter((finding) => finding !== head && !tail.includes(finding)).map(({ code }) => ({ code, because }));
  return [{ ...head, evidence: [...head.evidence, trialEvidence(again)], ruledOut: [...head.ruledOut, ...out] }, ...tail];
};

/** One conclusion a code, the surest; and none that a surer one rules out. */
const strongest = (drawn: readonly Conclusion[]): readonly Conclusion[] => {
  const sureness = ({ verdict }: Conclusion): number => verdict.confidence;
  const best = drawn.filter((one, at) =>
    drawn.every(
      (other, index) =>
        other === one ||
        other.code !== one.code ||
        one.code === '' ||
        sureness(other) < sureness(one) ||
        (sureness(other) === sureness(one) && index > at),
    ),
  );
  return best.filter(
    (one) =>
      one.code === '' ||
      !best.some(
        (other) =>
          other !== one &&
          other.code !== '' &&
          sureness(other) > sureness(one) &&
          (other.rulesOut ?? []).some(({ code }) => fits(one.code, code) && !fits(other.code, code)),
      ),
  );
};

/** The first finding takes what is out; nothing is both there and out. */
const withoutPresent = (findings: readonly Finding[], out: readonly RuledOut[]): readonly Finding[] => {
  const there = new Set(findings.map(({ code }) => code));
  return findings.map((finding, at) => {
    const all = [...finding.ruledOut, ...(at === 0 ? out : [])].filter(({ code }) => !there.has(code));
    return { ...finding, ruledOut: all.filter(({ code }, index) => all.findIndex((one) => one.code === code) === index) };
  });
};

const findingOf = ({ first, findings }: Tried, { code, verdict }: Conclusion): Finding => {
  const rule = rules.find((one) => one.code === code);
  if (!rule) throw new Error(`There is no rule ${code}.`);
  const answer = answerOf(first);
  const made = makeFinding(first, { rule, verdict }, answer && culpritOf(answer.head, answer.body));
  const known = findings.find((finding) => finding.code === code);
  if (!known) return made;
  // What the rule itself has seen of it stays beside the experiment.
  const evidence = [
    ...made.evidence,
    ...known.evidence.filter(({ what, text }) => !made.evidence.some((one) => one.what === what && one.text === text)),
  ];
  return {
    ...made,
    evidence,
    ruledOut: known.ruledOut,
    culprit: made.culprit ?? known.culprit,
    fix: [...(verdict.fix ?? []), ...(known.fix.length + (verdict.fix?.length ?? 0) > made.fix.length ? known.fix : made.fix)].filter(
      (fix, at, all) => all.findIndex((one) => one.for === fix.for && one.text === fix.text) === at,
    ),
  };
};
