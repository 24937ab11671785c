import type { Random } from '../model/clock.js';
import type { Stage } from '../model/fault-choice.js';
import type { Head } from '../model/head.js';
import type { Target } from '../model/target.js';
import type { ClientHelloFacts } from '../model/tls-facts.js';
import type {
  AcceptChange,
  ClientTlsChange,
  Delivery,
  DialChange,
  Entering,
  Http2Change,
  Http2Start,
  Place,
  ServerTlsChange,
  ServerTlsPlan,
} from './changes.js';
import type { FlowFault, FlowStart, WireFrame, WireMessage } from './flow.js';
import type { ParamSpecs, ValuesOf } from './param-spec.js';

/** What every stage knows. */
export interface StageContext {
  readonly target: Target;
  readonly random: Random;
  /** What the client asked, as it sent it; absent before it has. */
  readonly request?: Head;
  /** Which of all exchanges this is, counted from 1 in the order of arrival; 0 where that is not known. */
  readonly ordinal?: number;
}

/**
 * What `apply` gets and gives, by stage. `undefined` as a result: this exchange gave nothing to change, and no fault is recorded.
 * ARCHITECTURE.md tells how to add a stage.
 */
export interface StageTypes {
  /** The client's first bytes have come, and nothing was read. */
  readonly accept: { readonly input: null; readonly output: AcceptChange };
  /** The answer to CONNECT, SOCKS5 or SOCKS4a that would open the tunnel. With `end` the server is never dialled. */
  readonly entrance: { readonly input: Entering; readonly output: Delivery };
  /** Before our certificate is shown to the client. */
  readonly 'client-tls': { readonly input: ClientHelloFacts; readonly output: ClientTlsChange };
  /** Before the server's name is resolved. */
  readonly dial: { readonly input: Place; readonly output: DialChange };
  /** Before our ClientHello goes to the server; also where it would get none, because the target is plain. */
  readonly 'server-tls': { readonly input: ServerTlsPlan; readonly output: ServerTlsChange };
  /** The frames of an HTTP/2 connection, stream by stream. */
  readonly http2: { readonly input: Http2Start; readonly output: Http2Change };
  /** The request head on its way to the server. */
  readonly request: { readonly input: Head; readonly output: Delivery };
  /** The server's final answer on its way to the client. */
  readonly response: { readonly input: Head; readonly output: Delivery };
  /** The server's answer to a plain HTTP request: its head, of which only status and fields can change. */
  readonly 'http-response': { readonly input: Head; readonly output: Pick<Delivery, 'raw'> };
  /** One direction of an open WebSocket, message by message: text and binary, defragmented and inflated. */
  readonly message: { readonly input: FlowStart; readonly output: FlowFault<WireMessage> };
  /** The same frame by frame. */
  readonly frame: { readonly input: FlowStart; readonly output: FlowFault<WireFrame> };
  /** The same, its Close frames only. */
  readonly close: { readonly input: FlowStart; readonly output: FlowFault<WireFrame> };
  /** One direction of an open WebSocket or of a tunnel, chunk by chunk. */
  readonly bytes: { readonly input: FlowStart; readonly output: FlowFault<Uint8Array> };
}
export type ServedStage = keyof StageTypes & Stage;

/** Which kinds of clients notice, and how. */
export interface Effect {
  readonly client: string;
  readonly sees: string;
}

/** Whose word on TLS and certificates is stated by name, and tried by test/e2e/tls-verdicts.test.ts. */
export const tlsClients = ['node', 'curl', 'python', 'go', 'java', 'chromium', 'firefox'] as const;
export type TlsClient = (typeof tlsClients)[number];
/** What a client says when it refuses, `refused` where it shows no reason, null where it opens all the same; of curl the exit code stands in front. */
export type Refusals = Readonly<Record<TlsClient, string | null>>;
export const noneRefuses: Refusals = { node: null, curl: null, python: null, go: null, java: null, chromium: null, firefox: null };

/** One fault: one file, named by its id, in the folder of its stage. */
export interface Fault<S extends ServedStage = ServedStage, P extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly stage: S;
  /** The leg whose peer sees the change; `both`: either one, as a parameter says. */
  readonly leg: 'client' | 'server' | 'both';
  /** What it needs, where it is not for every exchange. */
  readonly only?: 'http/1.1' | 'h2' | 'connect' | 'socks' | 'tls';
  readonly title: string;
  readonly about: string;
  /** What does this in real life. */
  readonly imitates: string;
  readonly params: P;
  /** A choice that parses: `drop-upgrade`, `bad-cert:kind=expired`. */
  readonly example: string;
  /**
   * Codes of the findings that must diagnose it, those of the example first. Empty: it is harmless to a peer that keeps to its RFC, and
   * must give no finding of severity error.
   */
  readonly expects: readonly string[];
  readonly effects: readonly Effect[];
  /** Of TLS: what became of the example. */
  readonly refusedBy?: Refusals;
  /** Which failures of the wild it makes, by the names in docs/fault-rows.md: `hop.drop-upgrade`. */
  readonly rows?: readonly string[];
  apply(input: StageTypes[S]['input'], params: ValuesOf<P>, context: StageContext): StageTypes[S]['output'] | undefined;
}

/** Keeps the parameter types of one fault while the catalogue forgets them. */
export const defineFault = <S extends ServedStage, const P extends ParamSpecs>(fault: Fault<S, P>): Fault<S, P> => fault;
