import type { Finding, RuledOut } from '../../model/finding.js';
import { rules } from '../catalogue.js';
import { culpritOf } from '../culprits.js';
import { makeFinding } from '../make-finding.js';
import { compareFindings } from '../rank.js';
import { answerOf } from '../sights.js';
import { conclusions } from './conclusions.js';
import type { Conclusion, Tried } from './trial.js';

const fits = (code: string, pattern: string): boolean => (pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern);

/** What an experiment still leaves of a finding that it speaks against without proving another. */
const doubted = 0.2;

/**
 * The findings of the first attempt in the light of the experiments: what they prove comes first, what they rule out goes, or, where they prove
 * nothing in its place, becomes less likely.
 */
export const isolate = (tried: Tried): readonly Finding[] => {
  const { findings } = tried;
  const drawn = conclusions.flatMap((conclude) => conclude(tried));
  const proven = drawn.filter(({ code }) => code !== '').map((conclusion) => findingOf(tried, conclusion));
  const codes = new Set(proven.map(({ code }) => code));
  const out: RuledOut[] = [];
  const rest = findings.flatMap((finding): Finding[] => {
    if (codes.has(finding.code)) return [];
    const against = drawn.find(({ rulesOut = [] }) => rulesOut.some(({ code }) => fits(finding.code, code)));
    const because = against?.rulesOut?.find(({ code }) => fits(finding.code, code))?.because;
    if (!against || because === undefined || finding.severity !== 'error') return [finding];
    out.push({ code: finding.code, because });
    return against.code !== '' || findings.length > 1 ? [] : [{ ...finding, confidence: Math.min(finding.confidence, doubted) }];
  });
  // Never nothing for what did fail: then the least unlikely stays.
  const kept = proven.length + rest.filter(({ severity }) => severity === 'error').length > 0 ? rest : findings;
  const [head, ...tail] = [...proven, ...kept].sort(compareFindings);
  if (!head) return [];
  const own = [...head.ruledOut, ...out.filter(({ code }) => code !== head.code && !head.ruledOut.some((one) => one.code === code))];
  return [{ ...head, ruledOut: own }, ...tail];
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
  return { ...made, evidence, culprit: made.culprit ?? known.culprit, fix: known.fix.length > made.fix.length ? known.fix : made.fix };
};
