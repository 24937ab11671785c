import type { Trial } from '../../diagnosis/trials/trial.js';
import type { Exchange } from '../../model/exchange.js';
import type { Finding } from '../../model/finding.js';
import type { Ask } from '../ask.js';

/** What is known when an experiment is chosen. */
export interface Known {
  readonly ask: Ask;
  readonly first: Exchange;
  /** As they stand, with the experiments so far. */
  readonly findings: readonly Finding[];
  readonly trials: readonly Trial[];
}

/** The first attempt again, with one thing changed. */
export interface Variant {
  /** In words, behind which an outcome can stand: `without an Origin`. */
  readonly title: string;
  readonly ask: Ask;
}

export interface Experiment {
  readonly id: string;
  /** The variants that could tell causes apart now; none: it is not due. */
  variants(known: Known): readonly Variant[];
}

/** Whether one of the likely causes is of these. */
export const suspects = ({ findings }: Known, ...patterns: readonly string[]): boolean =>
  findings.some(
    ({ code, severity }) =>
      severity === 'error' &&
      patterns.some((pattern) => (pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern)),
  );
