import type { Exchange } from '../../model/exchange.js';
import type { Evidence, Finding, RuledOut } from '../../model/finding.js';
import { field, type Head, statusLine } from '../../model/head.js';
import { diagnose } from '../diagnose.js';
import { endOf, unanswered } from '../endings.js';
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

/** What experiments prove: a finding of that code (none: ''), and those that it can no longer be. */
export interface Conclusion {
  readonly code: string;
  readonly verdict: Verdict;
  /** Codes, or `prefix.*`, each with the reason why not. */
  readonly rulesOut?: readonly RuledOut[];
}

/** Pure; each file of this folder that ends a question is one. */
export type Conclude = (tried: Tried) => readonly Conclusion[];

/** The trial that changes nothing, made when another one has opened. */
export const asAsked = 'as-asked';

/** Whether the WebSocket opened. */
export const didOpen = ({ marks }: Exchange): boolean => marks.open !== null;

/** For how long a WebSocket was open, milliseconds; without end where it still was when nobody watched any more. */
export const openFor = ({ marks }: Exchange): number =>
  marks.open === null ? 0 : marks.closed === null ? Number.POSITIVE_INFINITY : marks.closed - marks.open;

/** What became of an attempt, in a few words. */
export const outcomeText = (exchange: Exchange): string => {
  const { dialFailure, server, heads, notAHead, upstream } = exchange;
  if (didOpen(exchange)) return closedWith(exchange) ?? 'it opens';
  const answer = answerOf(exchange);
  if (answer) return `answered ${statusText(answer.head)}`;
  if (upstream && upstream.outcome !== null && upstream.outcome !== 'ok') return 'the proxy did not open the way';
  if (dialFailure) return `no connection (${dialFailure.code})`;
  if (server?.tlsFailure) return `TLS failed (${server.tlsFailure.code})`;
  if (notAHead.serverSent && notAHead.serverSent.raw !== '') return 'answered what is no HTTP';
  if (heads.clientSent === null) return 'the certificate was refused';
  return 'no answer';
};

/** A Close of the server that is no answer to one of ours, and no goodbye. */
const closedWith = ({ frames: { fromServer } }: Exchange): string | undefined =>
  fromServer.close && ![1000, 1001, 1005].includes(fromServer.close.code)
    ? `it opens, and is closed with ${fromServer.close.code}`
    : undefined;

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

/** Whether it opened and nothing is wrong with it. */
export const opensSoundly = ({ exchange }: Trial): boolean =>
  didOpen(exchange) && diagnose(exchange).every(({ severity }) => severity !== 'error');

/** Whether HTTP came back, whatever it says. */
export const gotHttp = ({ heads }: Exchange): boolean => heads.serverSent !== null;

/** Whether TLS with the server was done, whatever its certificate is worth. */
export const didTls = ({ server }: Exchange): boolean => server?.tls !== undefined;

/** The request went out, and not one byte came back: the server ended, or time was up. */
export const heardNothing = (exchange: Exchange): boolean =>
  unanswered(exchange) || (exchange.heads.serverGot !== null && !gotHttp(exchange) && timedOut(exchange));

const timedOut = ({ notAHead: { serverSent } }: Exchange): boolean => serverSent?.why === 'timeout' && serverSent.raw === '';

/** Not one byte came back, and it was not the server who went. */
export const wasSilent = (exchange: Exchange): boolean => heardNothing(exchange) && endOf(exchange, 'server')?.by !== 'peer';

/**
 * Whether two attempts were answered alike: by status and fields, and by the body or its length. The body of a plain request is not on the exchange,
 * and a field or two differ with how the connection goes on.
 */
export const answeredAlike = (one: Exchange, other: Exchange): boolean => {
  const [first, second] = [answerOf(one), answerOf(other)];
  if (!first || !second || first.status !== second.status || shape(first.head) !== shape(second.head)) return false;
  if (one.body !== '' && other.body !== '') return essence(one.body) === essence(other.body);
  const lengths = [first, second].map(({ head }) => field(head, 'Content-Length'));
  return lengths.includes(undefined) || lengths[0] === lengths[1];
};

const passing = /^(connection|keep-alive|date|set-cookie|content-length|transfer-encoding|age|expires|etag|upgrade)$/;

const shape = (head: Head): string =>
  [...new Set(head.headers.map(([name]) => name.toLowerCase()))]
    .filter((name) => !passing.test(name))
    .sort()
    .concat(field(head, 'Content-Type') ?? '')
    .join(' ');

/** Chunk sizes and numbers of requests differ where the answer is the same. */
const essence = (body: string): string => body.slice(0, 400).replace(/[0-9a-f]{6,}|\d+/gi, '#');

/** Reasons against many codes at once. */
export const allOut = (because: string, ...codes: readonly string[]): readonly RuledOut[] => codes.map((code) => ({ code, because }));
