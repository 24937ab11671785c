import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import type { Message } from '../wire/messages.js';

/** One thing that differs between two exchanges. */
export interface Contrast {
  /** `request.origin`, `response.status`, `server.tls.version`, `message.client 12`, ... */
  readonly where: string;
  /** As text that is safe to show, around the first character that differs; '' where there is nothing on that side. */
  readonly a: string;
  readonly b: string;
  /** How likely this is why one works and the other does not: 0 (noise, as a nonce or a date) to 1. */
  readonly weight: number;
  /** A sentence: why it weighs what it weighs, or where in a message it stands. Says nothing of sides. */
  readonly note: string;
}

/** One of the two, with what is derived from it. */
export interface Compared {
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
  /** All its messages, in batches; read twice, once a direction. */
  messages(): AsyncIterable<readonly { readonly message: Message }[]>;
}

export interface Comparison {
  /** Nothing but noise differs. */
  readonly same: boolean;
  /** The likeliest cause first. */
  readonly differences: readonly Contrast[];
  /** What both have, and have alike: `target`, `server TLS`, `request head`, ... */
  readonly alike: readonly string[];
}
