import type { EventBody } from '../../model/event.js';
import type { DialFailure } from '../../model/leg.js';
import type { UpstreamAddress, UpstreamOutcome, UpstreamProxy } from '../../model/upstream.js';
import type { Side } from '../side.js';

/** A connection that is wanted. */
export interface Errand {
  readonly host: string;
  readonly port: number;
  /** The client's own CONNECT, latin1: an http upstream proxy is told just that, and its answer belongs to the client. */
  readonly head?: string | null;
  /** Plain requests for an http upstream proxy: they go to it in absolute form, and nothing is said before them. */
  readonly absolute?: boolean;
  /** Who waits for it: when that client leaves, the upstream proxy's answer is waited for no longer. */
  readonly client?: Side;
  /** An answer other than yes is wanted as well: the connection stays open behind it. */
  readonly passBack?: true;
  /** The connection on which the upstream proxy refused the same client before. */
  readonly kept?: Side | null;
  /** By the user (reverse mode) and not by the client: open to clients of other machines, wherever it is. */
  readonly chosen?: boolean;
}

/** The server leg stands. */
export interface Way {
  readonly side: Side;
  /** What holds for every exchange on it. */
  readonly facts: readonly EventBody[];
  /** What the upstream proxy answered to the client's own CONNECT, latin1. */
  readonly reply: string | null;
  /** The upstream proxy, when the connection ends there: it takes requests in absolute form. */
  readonly proxy: UpstreamProxy | null;
}

/** What an upstream proxy answered in place of opening the way. */
export interface UpstreamAnswer {
  readonly outcome: UpstreamOutcome;
  readonly status: number | null;
  readonly why: string;
  /** The bytes that were read, latin1: a head, or what stood in its place. */
  readonly reply: string;
  /** The final head among them; '' when there is none. */
  readonly head: string;
  /** The connection, still open, where the answer is the client's; else null. */
  readonly side: Side | null;
}

/** There is no server leg. `trouble`: it is the upstream proxy's doing, and `failure` was recorded only when it could not be dialled. */
export interface NoWay {
  readonly failure: DialFailure;
  readonly trouble?: { readonly proxy: UpstreamAddress; readonly answer: UpstreamAnswer | null };
}
