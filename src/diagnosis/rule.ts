import type { Exchange } from '../model/exchange.js';
import type { Cause, Evidence, Fix, Severity } from '../model/finding.js';
import type { WebSocketUrl } from '../wire/websocket-url.js';

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

/** A URL before anybody has connected, and where the page that opens it comes from. */
export interface AskedUrl {
  /** As it was given, without credentials. */
  readonly text: string;
  readonly read: WebSocketUrl;
  /** The page's Origin; null: none was named. */
  readonly origin: string | null;
}

/** What a catalogue says of every rule. */
interface Entry {
  /** `origin.rejected`: the file is diagnosis/origin/rejected.ts. */
  readonly code: string;
  readonly cause: Cause;
  readonly severity: Severity;
  readonly title: string;
  /** What the rule asks of an exchange, as one question. */
  readonly question: string;
  /** In a sentence or two, how one mends it in general. */
  readonly remedy: string;
  readonly fixes: readonly Fix[];
  readonly rfc: string;
}

/** What a client does with such a URL no proxy ever sees: it is judged where the URL is known. */
export interface UrlRule extends Entry {
  readonly of: 'url';
  /** Pure; undefined when the URL is fine. */
  judge(asked: AskedUrl): Verdict | undefined;
}

/** What only the client can tell: it leaves nothing on any wire, and stands here for whoever looks its words up. */
export interface ClientEntry extends Entry {
  readonly of: 'client';
}

export interface ExchangeRule extends Entry {
  /** A rule of the plain HTTP requests with which libraries prepare a WebSocket; the others are of handshakes. */
  readonly of?: 'http-leg';
  /** Pure; at most one verdict; undefined when the exchange gives no sign of it. */
  examine(exchange: Exchange): Verdict | undefined;
}

/** One rule: one file, one finding code. */
export type Rule = ExchangeRule | UrlRule | ClientEntry;

/** Checks the shape of a rule at its definition. */
export const defineRule = (rule: Rule): Rule => rule;
