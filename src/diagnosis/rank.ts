import type { Exchange } from '../model/exchange.js';
import type { Cause, Finding, Severity } from '../model/finding.js';
import { explainedBy } from './look-alikes.js';

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** The order in which a connection meets them: what breaks earlier explains what breaks later. */
const causes: readonly Cause[] = ['url', 'certificate', 'intermediary', 'origin', 'server', 'client', 'frame'];

/** A specific finding replaces its general look-alikes only from this confidence on; under it they stand beside each other. */
const sure = 0.75;

const ownConfidence = 0.95;

const isOwn = (finding: Finding): boolean => finding.evidence.some(({ what }) => what === 'fault');

/** Least first: our own fault, then severity, then confidence, then the earlier cause, then the code (so that the order is one). */
export const compareFindings = (one: Finding, other: Finding): number =>
  Number(isOwn(other)) - Number(isOwn(one)) ||
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  other.confidence - one.confidence ||
  causes.indexOf(one.cause) - causes.indexOf(other.cause) ||
  (one.code < other.code ? -1 : 1);

const explainerOf = (finding: Finding, all: readonly Finding[]): Finding | undefined =>
  all.find(
    (other) =>
      // What our own fault did is never hidden behind what it did not. Between two of its own the bytes decide, as they would without us.
      (isOwn(finding) ? isOwn(other) && other.confidence >= sure : isOwn(other) || other.confidence >= sure) &&
      (explainedBy[other.code] ?? []).some((pattern) =>
        pattern.endsWith('*') ? finding.code.startsWith(pattern.slice(0, -1)) : finding.code === pattern,
      ),
  );

/** How likely the bytes make it has decided the order; that it was our own fault is certain. */
const sureOfOwn = (finding: Finding): Finding =>
  isOwn(finding) ? { ...finding, confidence: Math.max(finding.confidence, ownConfidence) } : finding;

/** Orders findings, most likely first, and leaves out those that a more specific one explains. While nothing is decided yet, only the certain ones stay. */
export const rank = (findings: readonly Finding[], { outcome }: Pick<Exchange, 'outcome'>): Finding[] => {
  const certain = outcome === 'pending' ? findings.filter((finding) => finding.confidence >= 0.9 || isOwn(finding)) : findings;
  const explained = certain.flatMap((finding) => {
    const by = explainerOf(finding, certain);
    return by ? [{ by, out: { code: finding.code, because: `${by.code} explains it` } }] : [];
  });
  return certain
    .filter(({ code }) => explained.every(({ out }) => out.code !== code))
    .sort(compareFindings)
    .map((finding) => ({ ...sureOfOwn(finding), ruledOut: explained.filter(({ by }) => by === finding).map(({ out }) => out) }));
};
