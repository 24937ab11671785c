import type { AppliedFault, FaultChoice } from './fault-choice.js';
import type { FrameResume, Sender } from './frame.js';
import type { HeadSite } from './head.js';
import type { HoldPlace, ReleaseReason } from './hold.js';
import type { Http2Facts } from './http2-facts.js';
import type { ImportedClose, ImportedTimings, ImportLack } from './imported.js';
import type { Address, DialAttempt, DialFailure } from './leg.js';
import type { Target } from './target.js';
import type { CertificateFacts, ClientHelloFacts, TlsFacts, TlsFailure } from './tls-facts.js';
import type { UpstreamAddress, UpstreamOutcome } from './upstream.js';

export type Entrance = 'connect' | 'absolute' | 'socks5' | 'socks4a' | 'reverse';

/** What happened, written once. The recording, `start --json` and every view are made of these. */
export type EventBody =
  /**
   * This exchange was read from another tool's file: what stands in the fields is what that file told, and `lacks` names what it did not. Comes first.
   * `status` and `open` stand in place of a response head: the status that was told, and how many milliseconds after `at` the WebSocket was open.
   * `lostBytes` are payload bytes that the file's own source had lost. Comes again where the file tells later what
   * went wrong: then only `error` counts.
   */
  | {
      readonly type: 'imported';
      readonly kind: ExchangeKind;
      readonly from: 'har' | 'json-lines';
      /** Who wrote that file, in its own words. */
      readonly creator: string;
      readonly lacks: readonly ImportLack[];
      readonly status?: number;
      readonly open?: number;
      readonly lostBytes?: number;
      /** How the WebSocket closed, where the file does not say who said so; 1006: without a Close. */
      readonly close?: ImportedClose;
      /** Why there was no answer, in the words of the file. */
      readonly error?: string;
      readonly timings?: ImportedTimings;
    }
  /** A client's first byte. `connection` counts client sockets, so that exchanges on one connection can be told to belong together. */
  | { readonly type: 'opened'; readonly connection: number; readonly peer: Address; readonly entrance: Entrance | null }
  /** What CONNECT or SOCKS said, latin1; `''` for the other entrances. */
  | { readonly type: 'entrance'; readonly entrance: Entrance; readonly request: string }
  /** What CONNECT or SOCKS was answered, latin1. */
  | { readonly type: 'entrance-reply'; readonly reply: string }
  /** Where the client wants to go. Comes again when more is known: first the place that CONNECT named, then the URL. */
  | { readonly type: 'target'; readonly target: Target; readonly kind: ExchangeKind }
  /** What the client's TLS asks for, before any answer. */
  | { readonly type: 'client-hello'; readonly hello: ClientHelloFacts }
  /** The server leg begins. */
  | { readonly type: 'dial'; readonly host: string; readonly port: number }
  /** What the name resolved to, in the order in which the addresses are tried. */
  | {
      readonly type: 'resolved';
      readonly addresses: readonly string[];
      /** The addresses are not the resolver's: the entries of `--resolve` that named them. */
      readonly override?: readonly string[];
    }
  /** The TCP connection to the server, or to the upstream proxy, stands. `attempts`: those that failed or were outrun before. */
  | { readonly type: 'dialled'; readonly peer: Address; readonly attempts?: readonly DialAttempt[] }
  /** No address took the connection, the name did not resolve, or it would have led to shakedown itself. */
  | { readonly type: 'dial-failed'; readonly failure: DialFailure }
  /**
   * The server leg goes through this upstream proxy, which is what is dialled. `request` is all that it was told so far, latin1 (credentials
   * included): '' before the first word, and where plain requests go to it in absolute form. Comes again when more was said, and for each
   * further exchange of the tunnel.
   */
  | { readonly type: 'upstream'; readonly proxy: UpstreamAddress; readonly request: string }
  /** TLS to an https upstream proxy is done; its certificate may be one that does not verify. */
  | { readonly type: 'upstream-tls'; readonly tls: TlsFacts }
  /** TLS to an https upstream proxy failed. */
  | { readonly type: 'upstream-tls-failed'; readonly failure: TlsFailure }
  /**
   * What the upstream proxy answered, latin1, at most 64 KiB, and what that means. `status` is that of HTTP, or the reply code of SOCKS5.
   * Comes again when a refusal's body has come.
   */
  | {
      readonly type: 'upstream-reply';
      readonly reply: string;
      readonly outcome: UpstreamOutcome;
      readonly status: number | null;
      readonly why: string;
    }
  /** A TLS handshake begins on this leg. */
  | { readonly type: 'tls-start'; readonly leg: Sender }
  /** A TLS handshake is done. On the server leg it may be one with a certificate that does not verify. */
  | { readonly type: 'tls'; readonly leg: Sender; readonly tls: TlsFacts }
  /** The server asked for a client certificate (CertificateRequest) and was shown this one, or none. */
  | { readonly type: 'client-certificate'; readonly shown: CertificateFacts | null }
  /** A TLS handshake failed. Comes a second time when the first bytes tell more. */
  | { readonly type: 'tls-failed'; readonly leg: Sender; readonly failure: TlsFailure }
  /** The server's bad certificate was shown to the client as one of ours with the same defect (`defects` names them), or could not be. */
  | { readonly type: 'mirrored'; readonly defects: readonly string[]; readonly possible: boolean }
  /**
   * A head, latin1, byte for byte. `sameAs` stands in place of `raw` when it crossed unchanged. `informational` marks a 1xx before the final answer.
   * `reserialised` marks a head that Node's parser had already read (a later request of a plain HTTP connection): field case and order are kept, spacing is not.
   */
  | {
      readonly type: 'head';
      readonly site: HeadSite;
      readonly raw?: string;
      readonly sameAs?: HeadSite;
      readonly informational?: true;
      readonly reserialised?: true;
    }
  /**
   * This exchange is a stream of an HTTP/2 connection. Its heads are text as curl shows them: `CONNECT /chat HTTP/2` with the other pseudo-header
   * fields in front, `HTTP/2 200`; a stream's end is an `end`, RST_STREAM a reset whose code is `H2_` and the error's name.
   */
  | { readonly type: 'http2'; readonly stream: number; readonly settings: Http2Facts['settings'] }
  /** A peer of an HTTP/2 connection will take no further streams. */
  | { readonly type: 'goaway'; readonly leg: Sender; readonly code: string; readonly lastStream: number; readonly debug: string }
  /** Bytes that came where a head was due and are none (garbage, a head over the limit, a head cut short), latin1, at most 64 KiB. */
  | {
      readonly type: 'not-a-head';
      readonly site: 'clientSent' | 'serverSent';
      readonly raw: string;
      readonly why: 'unknown-bytes' | 'too-large' | 'truncated' | 'timeout';
    }
  /** Bytes behind the heads of a handshake (frames, or the body of a refusal) or in a tunnel, as one chunk that crossed, base64. */
  | { readonly type: 'bytes'; readonly from: Sender; readonly data: string }
  /**
   * So many bytes crossed here and are not in the recording. `resume` says where the frames stand behind them; without it, whoever decodes
   * frames cannot go on in this direction.
   */
  | {
      readonly type: 'bytes-lost';
      readonly from: Sender;
      readonly bytes: number;
      readonly why: string;
      readonly resume?: FrameResume;
    }
  /**
   * Faults on messages, frames or bytes have this direction in hand from here on: `bytes` are what its sender sent, and `given` is what the
   * other side got.
   */
  | { readonly type: 'detour'; readonly from: Sender }
  /** What the other side got of a direction that is in the hand of faults, as one chunk, base64. */
  | { readonly type: 'given'; readonly from: Sender; readonly data: string }
  /** A fault changed something. */
  | { readonly type: 'fault'; readonly fault: AppliedFault }
  /** A fault that threw; the traffic went on without it. */
  | { readonly type: 'fault-failed'; readonly id: string; readonly message: string }
  /** Something of this exchange waits until somebody lets it go: a head, or a message and what is behind it. `hold` caught it. */
  | { readonly type: 'held'; readonly held: string; readonly hold: string; readonly what: HoldPlace; readonly from: Sender }
  /** It goes on, changed or not, or it does not; what was changed is in an event `fault` with the id `by-hand`. */
  | {
      readonly type: 'released';
      readonly held: string;
      readonly how: 'passed' | 'edited' | 'dropped';
      readonly why: ReleaseReason;
    }
  /** A frame was put in by hand on its way to this peer; its bytes are in `given`. */
  | {
      readonly type: 'injected';
      readonly to: Sender;
      readonly frame: 'text' | 'binary' | 'ping' | 'pong' | 'close';
      readonly bytes: number;
    }
  /** An answer of shakedown's own in place of the server's, with a word that says why. */
  | { readonly type: 'refused'; readonly status: number; readonly why: RefusalReason; readonly text: string }
  /** One half of a leg ended, by its peer or by shakedown that carried the other leg's end across. */
  | {
      readonly type: 'end';
      readonly leg: Sender;
      readonly how: 'fin' | 'reset' | 'error' | 'timeout';
      readonly by: 'peer' | 'shakedown';
      readonly code: string;
    }
  /** The last event of an exchange. Counts of bytes read from and written to each leg, TLS removed. */
  | { readonly type: 'closed'; readonly client: ByteCount; readonly server: ByteCount | null };

export type ExchangeKind = 'websocket' | 'http' | 'tunnel' | 'unknown';
export type RefusalReason =
  | 'ambiguous-head'
  | 'bad-request'
  | 'too-large'
  | 'dial-failed'
  | 'server-tls'
  | 'loop'
  | 'timeout'
  | 'bad-target'
  | 'no-route'
  | 'proxy-auth'
  | 'not-let-in'
  | 'private-target'
  | 'upstream-failed'
  | 'upstream-proxy'
  | 'landing-page';
export interface ByteCount {
  readonly in: number;
  readonly out: number;
}

/** Events that belong to the process and not to one exchange: `exchange` is ''. */
export type EngineEventBody =
  /** The proxy listens. The seed is that of all chance in faults. */
  | {
      readonly type: 'listening';
      readonly proxy: string;
      readonly seed: number;
      readonly recording: string | null;
      readonly version: string;
      /** URL of the control API; null: there is none. */
      readonly control?: string | null;
    }
  /** A fault was armed. */
  | { readonly type: 'armed'; readonly choice: FaultChoice }
  /** A fault was disarmed, by a person, because its times are used up, or because its rule has gone from the rules file. */
  | { readonly type: 'disarmed'; readonly key: string; readonly why: 'asked' | 'spent' | 'reloaded' }
  /** From now on what fits is held. */
  | { readonly type: 'hold'; readonly hold: string; readonly what: HoldPlace; readonly from?: Sender; readonly match?: string }
  /** No more: somebody ended it, or it has caught as much as it was to catch. */
  | { readonly type: 'unhold'; readonly hold: string; readonly why: 'asked' | 'spent' }
  /** The last line of a recording that was ended in order: how many exchanges began, and how much crossed, or happened, that is not in it. */
  | {
      readonly type: 'stopped';
      readonly exchanges: number;
      /** Bytes of payload, and events. */
      readonly lost: { readonly bytes: number; readonly events: number };
    }
  /** A sentence for people: what shakedown could not do, or what is missing here. */
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly text: string };

/** One line of a recording. */
export type Event = { readonly at: string; readonly exchange: string } & (EventBody | EngineEventBody);
export type EventType = Event['type'];
