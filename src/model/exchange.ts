import type { Entrance, ExchangeKind, RefusalReason } from './event.js';
import type { AppliedFault } from './fault-choice.js';
import type { FrameTally, Sender } from './frame.js';
import type { Head } from './head.js';
import type { Http2Facts } from './http2-facts.js';
import type { Imported } from './imported.js';
import type { DialAttempt, DialFailure, Leg } from './leg.js';
import type { Target } from './target.js';
import type { UpstreamTalk } from './upstream.js';

/**
 * How an exchange stands.
 * `pending`: nothing decided yet. `open`: 101 given, bytes flow. `closed`: was open, has ended. `refused`: the server answered something
 * else than 101. `answered`: a plain HTTP request got its answer. `tunnelled`: opaque bytes. `failed`: no usable answer reached the client.
 */
export type Outcome = 'pending' | 'open' | 'closed' | 'refused' | 'answered' | 'tunnelled' | 'failed';

/** Bytes that stood where a head was due. */
export interface NotAHead {
  readonly raw: string;
  readonly why: 'unknown-bytes' | 'too-large' | 'truncated' | 'timeout';
}

/** One client's attempt to open one WebSocket (or one plain HTTP request): the fold of its events. */
export interface Exchange {
  readonly id: string;
  readonly connection: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly kind: ExchangeKind;
  readonly entrance: Entrance | null;
  /** What CONNECT or SOCKS said and was answered, latin1. */
  readonly door: { readonly request: string; readonly reply: string };
  readonly target: Target | null;
  readonly client: Leg;
  readonly server: Leg | null;
  /** The way through an upstream proxy; null without one. */
  readonly upstream: UpstreamTalk | null;
  readonly dialFailure: DialFailure | null;
  /** Addresses that were tried in vain before one connected. */
  readonly dialAttempts: readonly DialAttempt[];
  /** The entries of `--resolve` that took the resolver's place. */
  readonly resolveOverride: readonly string[];
  readonly mirrored: { readonly defects: readonly string[]; readonly possible: boolean } | null;
  readonly heads: {
    readonly clientSent: Head | null;
    readonly serverGot: Head | null;
    readonly serverSent: Head | null;
    readonly clientGot: Head | null;
  };
  /** `heads.clientSent` is not byte for byte as it came: Node's parser had read it (see event `head`). */
  readonly reserialised?: true;
  /** Present when it is one stream of an HTTP/2 connection. */
  readonly http2?: Http2Facts;
  /** 1xx heads before the final answer. */
  readonly informational: readonly Head[];
  readonly notAHead: { readonly clientSent?: NotAHead; readonly serverSent?: NotAHead };
  /** Of the final answer as the server gave it; 0 while there is none. */
  readonly status: number;
  /** The first bytes of a non-101 answer's body, latin1, at most 16 KiB, chunk framing included. */
  readonly body: string;
  readonly applied: readonly AppliedFault[];
  readonly faultFailures: readonly { readonly id: string; readonly message: string }[];
  readonly refusal: { readonly status: number; readonly why: RefusalReason; readonly text: string } | null;
  readonly frames: { readonly fromClient: FrameTally; readonly fromServer: FrameTally };
  /** Who said Close first, by the bytes as they crossed; absent while nobody has. */
  readonly closer?: Sender | undefined;
  /**
   * What the other side got of a direction that faults had in hand, counted from the moment when they took it; `frames` is what its sender
   * sent all along. A direction that is not here crossed as it was sent.
   */
  readonly given: {
    readonly fromClient?: FrameTally;
    readonly fromServer?: FrameTally;
    /** The 1xx heads that the client got before the final answer, where a fault made them. */
    readonly informational?: readonly Head[];
  };
  /** Payload bytes that the recording could not keep. */
  readonly lostBytes: number;
  /** Times (ms since the epoch) that rules measure with; null until it happened. */
  readonly marks: { readonly open: number | null; readonly lastByte: number | null; readonly closed: number | null };
  readonly outcome: Outcome;
  /** Present when another tool's file told of it, and not the wire. */
  readonly imported?: Imported;
}
