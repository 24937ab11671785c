import type { Exchange } from '../model/exchange.js';
import type { Cause, Evidence, Fix, Severity } from '../model/finding.js';

/** What a rule says of one exchange. The rest of the finding comes from the rule itself. */
export interface Verdict {
  /** 0 to 1: how sure these bytes make it. 0.9 and more is proof, 0.6 a good guess, 0.3 a possibility worth a line. */
  readonly confidence: number;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** A sentence about this very exchange, in place of the rule's general title. */
  readonly title?: string;
  readonly severity?: Severity;
  readonly culprit?: string | null;
  /** Fixes for this very exchange, before the rule's own. */
  readonly fix?: readonly Fix[];
}

/** One rule: one file, one finding code. */
export interface Rule {
  /** `origin.rejected`: the file is diagnosis/origin/rejected.ts. */
  readonly code: string;
  /** A rule of the plain HTTP requests with which libraries prepare a WebSocket; or what only a client can tell and no exchange shows; the others are of handshakes. */
  readonly of?: 'http-leg' | 'client';
  readonly cause: Cause;
  readonly severity: Severity;
  readonly title: string;
  /** What the rule asks of an exchange, as one question. */
  readonly question: string;
  /** In a sentence or two, how one mends it in general. */
  readonly remedy: string;
  readonly fixes: readonly Fix[];
  readonly rfc: string;
  /** Pure; at most one verdict; undefined when the exchange gives no sign of it. */
  examine(exchange: Exchange): Verdict | undefined;
}

/** Checks the shape of a rule at its definition. */
export const defineRule = (rule: Rule): Rule => rule;
