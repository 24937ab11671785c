import type { Exchange } from '../../model/exchange.js';
import type { Evidence, Finding } from '../../model/finding.js';
import { statusLine } from '../../model/head.js';
import { statusText } from '../evidence.js';
import type { Verdict } from '../rule.js';
import { answerOf } from '../sights.js';

/** One experiment of doctor: the first attempt again, with one thing changed. */
export interface Trial {
  /** What was changed: `no-origin`, `path`, ... */
  readonly id: string;
  /** `without an Origin`. */
  readonly title: string;
  readonly exchange: Exchange;
}

export interface Tried {
  /** The attempt as it was asked for. */
  readonly first: Exchange;
  /** What the rules say of it, most likely first. */
  readonly findings: readonly Finding[];
  readonly trials: readonly Trial[];
  /** For how long the first attempt was to be watched behind the 101, milliseconds. */
  readonly holdMs: number;
}

/** What experiments prove: a finding of that code, and those that it can no longer be. */
export interface Conclusion {
  readonly code: string;
  readonly verdict: Verdict;
  /** Codes, or `prefix.*`, each with the reason why not. */
  readonly rulesOut?: readonly { readonly code: string; readonly because: string }[];
}

/** Pure; each file of this folder that ends a question is one. */
export type Conclude = (tried: Tried) => readonly Conclusion[];

/** Whether the WebSocket opened. */
export const didOpen = ({ marks }: Exchange): boolean => marks.open !== null;

/** For how long a WebSocket was open, milliseconds. */
export const openFor = ({ marks }: Exchange): number => (marks.open === null || marks.closed === null ? 0 : marks.closed - marks.open);

/** What became of an attempt, in a few words. */
export const outcomeText = (exchange: Exchange): string => {
  const { dialFailure, server, heads, notAHead, upstream } = exchange;
  if (didOpen(exchange)) return 'it opens';
  const answer = answerOf(exchange);
  if (answer) return `answered ${statusText(answer.head)}`;
  if (upstream && upstream.outcome !== null && upstream.outcome !== 'ok') return 'the proxy did not open the way';
  if (dialFailure) return `no connection (${dialFailure.code})`;
  if (server?.tlsFailure) return `TLS failed (${server.tlsFailure.code})`;
  if (notAHead.serverSent) return 'answered what is no HTTP';
  if (heads.clientSent === null) return 'the certificate was refused';
  return 'no answer';
};

export const trialEvidence = ({ title, exchange }: Trial): Evidence => ({
  leg: 'server',
  what: 'trial',
  text: `${title}: ${outcomeText(exchange)}`,
});

export const firstEvidence = (first: Exchange): Evidence => ({ leg: 'server', what: 'trial', text: `as asked: ${outcomeText(first)}` });

export const trialsOf = ({ trials }: Tried, ...ids: readonly string[]): readonly Trial[] => trials.filter(({ id }) => ids.includes(id));
export const openedBy = (tried: Tried, ...ids: readonly string[]): Trial | undefined =>
  trialsOf(tried, ...ids).find(({ exchange }) => didOpen(exchange));

/** Of the final answer; 0 where there was none. */
export const statusOf = (exchange: Exchange): number => {
  const answer = answerOf(exchange);
  return answer ? statusLine(answer.head).status : 0;
};
