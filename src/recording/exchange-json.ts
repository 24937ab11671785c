import type { Entrance, ExchangeKind, RefusalReason } from '../model/event.js';
import type { Exchange, Outcome } from '../model/exchange.js';
import type { AppliedFault } from '../model/fault-choice.js';
import type { Finding } from '../model/finding.js';
import type { Goaway, Http2Facts } from '../model/http2-facts.js';
import type { Imported } from '../model/imported.js';
import type { Address, DialAttempt, DialFailure, Leg, LegEnd, Timings } from '../model/leg.js';
import { urlOf } from '../model/target.js';
import type { CertificateFacts, TlsFacts, TlsFailure } from '../model/tls-facts.js';
import type { UpstreamTalk } from '../model/upstream.js';
import { safeJson } from './codec.js';

/** A leg as `inspect FILE --json` prints it. */
export interface LegLine {
  readonly peer: Address | null;
  /** Null without TLS. */
  readonly tls: TlsFacts | null;
  readonly tlsFailure: TlsFailure | null;
  /** Server leg: the server asked for a client certificate, and this one was shown; null: none was. Absent when it did not ask. */
  readonly clientCertificate?: CertificateFacts | null;
  readonly timings: Timings;
  /** Bytes read from this peer, TLS removed. */
  readonly bytesIn: number;
  /** Bytes written to it. */
  readonly bytesOut: number;
  /** Null while it has not ended. */
  readonly end: LegEnd | null;
  readonly goaway?: Goaway;
}

/** One exchange as `inspect FILE --json` prints it. */
export interface ExchangeLine {
  /** Its number, as text; the `exchange` of its events. */
  readonly id: string;
  /** ISO time of its first byte. */
  readonly startedAt: string;
  /** ISO time; null while it has not ended. */
  readonly endedAt: string | null;
  readonly connection: number;
  readonly kind: ExchangeKind;
  /** Null when it came to nothing. */
  readonly entrance: Entrance | null;
  /** Where the client wanted to go, `''` when it did not say. */
  readonly url: string;
  /** Of the final answer as the server gave it; 0 without one. */
  readonly status: number;
  readonly outcome: Outcome;
  /** Present when it is one stream of an HTTP/2 connection. */
  readonly http2?: Http2Facts;
  /** Each head byte for byte, latin1, or null. */
  readonly heads: {
    readonly clientSent: string | null;
    readonly serverGot: string | null;
    readonly serverSent: string | null;
    readonly clientGot: string | null;
  };
  readonly client: LegLine;
  /** Null when no server was dialled. */
  readonly server: LegLine | null;
  /** Completed text and binary messages. */
  readonly messages: { readonly fromClient: number; readonly fromServer: number };
  /** What was applied. */
  readonly faults: readonly AppliedFault[];
  /** The way through an upstream proxy, credentials masked; null without one. */
  readonly upstream: UpstreamTalk | null;
  /** Why no connection could be made. */
  readonly dialFailure: DialFailure | null;
  /** Addresses that were tried in vain before one connected. */
  readonly dialAttempts: readonly DialAttempt[];
  /** The entries of `--resolve` that took the place of the resolver. */
  readonly resolveOverride: readonly string[];
  /** An answer of shakedown's own in the place of the server's. */
  readonly refusal: { readonly status: number; readonly why: RefusalReason; readonly text: string } | null;
  /** Payload bytes that the recording could not keep. */
  readonly lostBytes: number;
  /** Where it was imported from, and what that file did not hold; absent for an exchange that shakedown recorded. */
  readonly imported?: Imported;
  /** What is wrong, the most likely first. */
  readonly findings: readonly Finding[];
}

const legJson = (leg: Leg): LegLine => ({
  peer: leg.peer,
  tls: leg.tls ?? null,
  tlsFailure: leg.tlsFailure ?? null,
  ...(leg.clientCertificate === undefined ? {} : { clientCertificate: leg.clientCertificate }),
  timings: leg.timings,
  bytesIn: leg.bytesIn,
  bytesOut: leg.bytesOut,
  end: leg.end ?? null,
  ...(leg.goaway ? { goaway: leg.goaway } : {}),
});

/**
 * One exchange as `inspect FILE --json` prints it: one line of JSON without its line feed. Heads are latin1 text or null, timings
 * milliseconds; `server` is null when no server was dialled. Findings come from whoever diagnoses.
 */
export const exchangeLine = (exchange: Exchange, findings: readonly Finding[]): string => {
  const { heads, applied, frames } = exchange;
  const line: ExchangeLine = {
    id: exchange.id,
    startedAt: exchange.startedAt,
    endedAt: exchange.endedAt,
    connection: exchange.connection,
    kind: exchange.kind,
    entrance: exchange.entrance,
    url: exchange.target ? urlOf(exchange.target) : '',
    status: exchange.status,
    outcome: exchange.outcome,
    ...(exchange.http2 ? { http2: exchange.http2 } : {}),
    ...(exchange.imported ? { imported: exchange.imported } : {}),
    heads: {
      clientSent: heads.clientSent?.raw ?? null,
      serverGot: heads.serverGot?.raw ?? null,
      serverSent: heads.serverSent?.raw ?? null,
      clientGot: heads.clientGot?.raw ?? null,
    },
    client: legJson(exchange.client),
    server: exchange.server && legJson(exchange.server),
    messages: { fromClient: frames.fromClient.messages, fromServer: frames.fromServer.messages },
    faults: applied.map(({ id, params, stage, leg, before, after }) => ({ id, params, stage, leg, before, after })),
    upstream: exchange.upstream,
    dialFailure: exchange.dialFailure,
    dialAttempts: exchange.dialAttempts,
    resolveOverride: exchange.resolveOverride,
    refusal: exchange.refusal,
    lostBytes: exchange.lostBytes,
    findings,
  };
  return safeJson(line);
};
