import { rules } from '../diagnosis/catalogue.js';
import { explainedBy } from '../diagnosis/look-alikes.js';
import type { Rule } from '../diagnosis/rule.js';
import { type ClientWords, wordsFor } from '../explain/words.js';
import { faults } from '../faults/catalogue.js';

/** All that the catalogues know of one finding, joined: rules, look-alikes, messages of clients and faults know nothing of each other. */
export interface FindingPage extends Pick<Rule, 'code' | 'cause' | 'severity' | 'title' | 'question' | 'remedy' | 'fixes' | 'rfc'> {
  /** Where its proof is: on the wire of an exchange, or in what only the client can tell. */
  readonly seenBy: 'exchange' | 'client';
  /** Codes that it replaces when it is sure: what it looks like from further away. */
  readonly explains: readonly string[];
  /** Codes that replace it: what it may be in truth. */
  readonly explainedBy: readonly string[];
  /** What clients say, the clearest first. */
  readonly clients: readonly ClientWords[];
  /** Ids of the faults that provoke it. */
  readonly faults: readonly string[];
}

/** `frame.*` stands for a family. */
const fits = (pattern: string, code: string): boolean => (pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : pattern === code);

const pageOf = (rule: Rule): FindingPage => {
  const { code, cause, severity, title, question, remedy, fixes, rfc } = rule;
  const others = rules.map((other) => other.code).filter((other) => other !== code);
  return {
    ...{ code, cause, severity, title, question, remedy, fixes, rfc },
    seenBy: rule.of === 'client' ? 'client' : 'exchange',
    explains: others.filter((other) => (explainedBy[code] ?? []).some((pattern) => fits(pattern, other))),
    explainedBy: others.filter((other) => (explainedBy[other] ?? []).some((pattern) => fits(pattern, code))),
    clients: wordsFor(code),
    faults: faults.filter(({ expects }) => expects.includes(code)).map(({ id }) => id),
  };
};

/** In the order of the catalogue. */
export const findingPages = (): readonly FindingPage[] => rules.map(pageOf);

export const findingPage = (code: string): FindingPage | undefined => {
  const rule = rules.find((candidate) => candidate.code === code);
  return rule && pageOf(rule);
};
