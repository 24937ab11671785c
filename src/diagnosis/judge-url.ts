import type { Finding } from '../model/finding.js';
import { rules as catalogue } from './catalogue.js';
import { compareFindings } from './rank.js';
import type { AskedUrl } from './rule.js';

/** What is wrong with a URL before anybody connects, most likely first. Errors are of a URL that no client can use, warnings of one that some refuse. */
export const judgeUrl = (asked: AskedUrl): readonly Finding[] =>
  catalogue
    .flatMap((rule): Finding[] => {
      const verdict = rule.of === 'url' ? rule.judge(asked) : undefined;
      if (!verdict) return [];
      const { code, cause, rfc } = rule;
      const { confidence, evidence, severity = rule.severity, title = rule.title, culprit = 'the client', fix = [] } = verdict;
      return [{ code, cause, severity, confidence, title, evidence, ruledOut: [], culprit, fix: [...fix, ...rule.fixes], rfc }];
    })
    .sort(compareFindings);
