import { didOpen, statusOf, type Trial } from '../../diagnosis/trials/trial.js';
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
  /** For how long the first attempt was watched, milliseconds. */
  readonly holdMs: number;
}

/** The first attempt again, with one thing changed. */
export interface Variant {
  /** In words, behind which an outcome can stand: `without an Origin`. */
  readonly title: string;
  readonly ask: Ask;
  /** For how long it is watched once it is open, milliseconds; hardly at all unless. */
  readonly hold?: number;
  /** When another Ping is sent, milliseconds after the opening. */
  readonly pingAtMs?: number;
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

/** Whether the answer was no answer: silence, FIN, RST, or bytes that are no HTTP. */
export const lacksAnswer = ({ first }: Known): boolean => !didOpen(first) && first.heads.clientSent !== null && statusOf(first) === 0;

/** Whether TLS with the server itself failed. */
export const tlsFailed = ({ first }: Known): boolean => first.server?.tlsFailure !== undefined;

/** Whether an earlier experiment has opened the WebSocket. */
export const hasOpened = ({ trials }: Known): boolean => trials.some(({ exchange }) => didOpen(exchange));
