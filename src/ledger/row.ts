import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { urlOf } from '../model/target.js';

/** One line of the list of exchanges; what views get as `ExchangeRow`. */
export interface LedgerRow {
  readonly id: string;
  readonly startedAt: string;
  readonly kind: Exchange['kind'];
  readonly entrance: Exchange['entrance'];
  /** `''` while the target is unknown. */
  readonly url: string;
  readonly status: number;
  readonly outcome: Exchange['outcome'];
  readonly finding: Pick<Finding, 'code' | 'severity' | 'title'> | null;
  readonly faults: readonly string[];
  /** Data messages. */
  readonly fromClient: number;
  readonly fromServer: number;
  /** Milliseconds from the first byte to the end, or until `nowMs`. */
  readonly durationMs: number;
}

/** `nowMs` is milliseconds since the epoch; `findings` are ranked, most likely first. */
export const rowOf = (exchange: Exchange, findings: readonly Finding[], nowMs: number): LedgerRow => {
  const first = findings[0];
  const started = timeOf(exchange.startedAt);
  const duration = (exchange.marks.closed ?? nowMs) - started;
  return {
    id: exchange.id,
    startedAt: exchange.startedAt,
    kind: exchange.kind,
    entrance: exchange.entrance,
    url: exchange.target ? urlOf(exchange.target) : '',
    status: exchange.status,
    outcome: exchange.outcome,
    finding: first ? { code: first.code, severity: first.severity, title: first.title } : null,
    faults: exchange.applied.map(({ id }) => id),
    fromClient: exchange.frames.fromClient.messages,
    fromServer: exchange.frames.fromServer.messages,
    durationMs: Number.isFinite(duration) ? Math.max(0, duration) : 0,
  };
};
