import type { RecordedExchange } from '../../formats/format.js';
import type { Exchange, Outcome } from '../../model/exchange.js';
import type { Finding, Severity } from '../../model/finding.js';
import { urlOf } from '../../model/target.js';
import { clip } from './shown.js';

/** One exchange in the overview: what is small enough to be kept of thousands. */
export interface Row {
  /** Counts the exchanges of the report in the order in which they began, from 1. */
  number: number;
  readonly id: string;
  readonly startedAt: string;
  readonly kind: Exchange['kind'];
  readonly outcome: Outcome;
  readonly status: number;
  readonly url: string;
  readonly finding: Pick<Finding, 'code' | 'severity' | 'title'> | null;
  readonly findings: number;
  readonly faults: number;
  readonly messages: { readonly fromClient: number; readonly fromServer: number };
  readonly took: number | undefined;
}

/** All exchanges with the same first finding. */
export interface Group {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly count: number;
  /** Of the first ones. */
  readonly numbers: readonly number[];
}

export interface Chosen {
  /** In the order in which they began. */
  readonly rows: readonly Row[];
  /** Those that are shown in full, in the same order. */
  readonly full: readonly { readonly row: Row; readonly recorded: RecordedExchange }[];
  readonly groups: readonly Group[];
  readonly total: number;
  readonly withFindings: number;
}

export interface ChooseOptions {
  readonly rows: number;
  readonly full: number;
}

const rowOf = ({ exchange, findings }: RecordedExchange): Row => {
  const [first] = findings;
  return {
    number: 0,
    id: clip(exchange.id, 100),
    startedAt: clip(exchange.startedAt, 40),
    kind: exchange.kind,
    outcome: exchange.outcome,
    status: exchange.status,
    url: exchange.target ? clip(urlOf(exchange.target), 400) : '',
    finding: first ? { code: first.code, severity: first.severity, title: clip(first.title, 300) } : null,
    findings: findings.length,
    faults: exchange.applied.length,
    messages: { fromClient: exchange.frames.fromClient.messages, fromServer: exchange.frames.fromServer.messages },
    took: exchange.client.timings.total,
  };
};

/** How much an exchange is worth a look: an error first, plain HTTP last. */
const worth = ({ finding, outcome, faults, kind }: Row): number => {
  if (finding?.severity === 'error') return 5;
  if (finding?.severity === 'warning') return 4;
  if (outcome === 'failed' || outcome === 'refused') return 3;
  if (finding || faults > 0) return 2;
  return kind === 'websocket' ? 1 : 0;
};

/** The more worth a look, the newer, the later first. */
const byWorth = (a: Numbered, b: Numbered): number =>
  worth(b.row) - worth(a.row) || compare(b.row.startedAt, a.row.startedAt) || b.at - a.at;
const byTime = (a: Numbered, b: Numbered): number => compare(a.row.startedAt, b.row.startedAt) || a.at - b.at;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Numbered {
  readonly row: Row;
  /** The place in which it came. */
  readonly at: number;
}
interface Full extends Numbered {
  readonly recorded: RecordedExchange;
}

/** Keeps the best `most` of any number: what is over is thrown away a quarter at a time. */
const keepBest = <T extends Numbered>(most: number) => {
  const kept: T[] = [];
  const best = (): T[] => {
    kept.sort(byWorth);
    kept.length = Math.min(kept.length, most);
    return kept;
  };
  return {
    add: (one: T): void => {
      kept.push(one);
      if (kept.length > most * 1.25 + 8) best();
    },
    best,
  };
};

const groupsOf = (rows: readonly Row[], counts: ReadonlyMap<string, number>): Group[] => {
  const groups = new Map<string, Group & { numbers: number[] }>();
  for (const { finding, number } of rows) {
    if (!finding) continue;
    const group = groups.get(finding.code) ?? { ...finding, count: counts.get(finding.code) ?? 0, numbers: [] };
    groups.set(finding.code, group);
    if (group.numbers.length < 8) group.numbers.push(number);
  }
  const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
  return [...groups.values()].sort((a, b) => rank[a.severity] - rank[b.severity] || b.count - a.count);
};

/** Reads all exchanges and keeps what a report has room for: those with findings first, then the newest. */
export const choose = async (
  exchanges: AsyncIterable<RecordedExchange>,
  { rows: mostRows, full: mostFull }: ChooseOptions,
): Promise<Chosen> => {
  const rows = keepBest<Numbered>(mostRows);
  const full = keepBest<Full>(mostFull);
  const counts = new Map<string, number>();
  let total = 0;
  let withFindings = 0;
  for await (const recorded of exchanges) {
    const row = rowOf(recorded);
    const at = total++;
    rows.add({ row, at });
    full.add({ row, at, recorded });
    if (!row.finding) continue;
    withFindings++;
    counts.set(row.finding.code, (counts.get(row.finding.code) ?? 0) + 1);
  }
  const shown = rows
    .best()
    .sort(byTime)
    .map(({ row }) => row);
  for (const [index, row] of shown.entries()) row.number = index + 1;
  return {
    rows: shown,
    full: full
      .best()
      .sort(byTime)
      .map(({ row, recorded }) => ({ row, recorded })),
    groups: groupsOf(shown, counts),
    total,
    withFindings,
  };
};
