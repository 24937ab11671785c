import type { Exchange } from '../model/exchange.js';
import { field, type Head, opens, statusLine } from '../model/head.js';
import type { DialFailure } from '../model/leg.js';
import { type Seen, statusText as textOf } from './evidence.js';

/** The final answer that decided the handshake, with its body. */
export interface Answer extends Seen {
  readonly status: number;
  readonly body: string;
  /** `403 Forbidden` */
  readonly text: string;
}

/** The request as the server got it, or, when none went out, as the client sent it. */
export const requestOf = ({ heads }: Exchange): Seen | undefined => {
  if (heads.serverGot) return { leg: 'server', head: heads.serverGot };
  return heads.clientSent ? { leg: 'client', head: heads.clientSent } : undefined;
};

/** The request as the client sent it. */
export const clientRequestOf = ({ heads }: Exchange): Seen | undefined =>
  heads.clientSent ? { leg: 'client', head: heads.clientSent } : undefined;

/** The answer to judge. Our own refusals are none: nobody has to be told why shakedown said 502. */
export const answerOf = (exchange: Exchange): Answer | undefined => {
  const { serverSent } = exchange.heads;
  return serverSent ? answerFrom(exchange, 'server', serverSent) : undefined;
};

const answerFrom = (exchange: Exchange, leg: Seen['leg'], head: Head): Answer => ({
  leg,
  head,
  status: statusLine(head).status,
  body: exchange.body,
  text: textOf(head),
});

/** The answer, when it refused the handshake with one of these statuses. */
export const refusedWith = (exchange: Exchange, ...statuses: readonly number[]): Answer | undefined => {
  const answer = answerOf(exchange);
  if (!answer || !statuses.includes(answer.status)) return undefined;
  return opens(answer.head) ? undefined : answer;
};

/** The name of the field in which a request names its host: Host, in HTTP/2 mostly `:authority` (RFC 9113 section 8.3.1). */
export const hostField = (head: Head): string => (field(head, ':authority') === undefined ? 'Host' : ':authority');

/** What an answer says in words: its body, and its reason phrase, where autobahn, and so daphne and crossbar, say everything (RFC 9112 section 4). */
export const wordsOf = ({ head, body }: Pick<Answer, 'head' | 'body'>): string => `${statusLine(head).reason}\n${body}`;

export const contentType = (head: Head): string => (field(head, 'Content-Type') ?? '').toLowerCase();

/** The status line and, when there is one, what the body says about `pattern`. */
export const isHtml = ({ head, body }: Answer): boolean => contentType(head).startsWith('text/html') || /^\s*<(!doctype|html)/i.test(body);

/** `{ hostname, port }` of a Host field; the scheme's default port when none is named. */
export const splitHost = (value: string, secure: boolean): { readonly hostname: string; readonly port: string } => {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(value.trim().toLowerCase());
  return { hostname: match?.[1] ?? value.toLowerCase(), port: match?.[2] || (secure ? '443' : '80') };
};

/** The parts of an Origin, or undefined when it is `null` or no origin (RFC 6454 section 6.1). */
export const splitOrigin = (value: string): { readonly scheme: string; readonly hostname: string; readonly port: string } | undefined => {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)$/i.exec(value.trim());
  if (!match) return undefined;
  const scheme = (match[1] ?? '').toLowerCase();
  return { scheme, ...splitHost(match[2] ?? '', scheme === 'https' || scheme === 'wss') };
};

/** Whether the server leg is meant to be TLS. */
export const isSecure = ({ target }: Exchange): boolean => target?.scheme === 'wss' || target?.scheme === 'https';

/** `app.example:443`, or a stand-in while the target is unknown. */
export const targetName = ({ target }: Exchange): string => (target ? `${target.host}:${target.port}` : 'the server');

/** Why the server itself could not be reached. What went wrong with an upstream proxy is no fault of the URL. */
export const dialFailureOf = ({ dialFailure, upstream }: Exchange): DialFailure | null => (upstream ? null : dialFailure);
