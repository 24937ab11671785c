import type { Goaway } from './http2-facts.js';
import type { CertificateFacts, ClientHelloFacts, TlsFacts, TlsFailure } from './tls-facts.js';

/** A socket's address; IPv6 without brackets. */
export interface Address {
  readonly address: string;
  /** 0: not known, as in a HAR. */
  readonly port: number;
}

/** How a leg ended. `by` is who acted first on this leg: the peer, or shakedown carrying the other leg's end across. */
export interface LegEnd {
  readonly how: 'fin' | 'reset' | 'error' | 'timeout';
  readonly by: 'peer' | 'shakedown';
  /** Error code of the system, or ''. */
  readonly code: string;
  readonly at: string;
}

/** Milliseconds of each phase; a phase that did not happen is absent. */
export interface Timings {
  /** Server leg: name resolution. */
  readonly dns?: number;
  /** Server leg: TCP connect to the address that answered. */
  readonly connect?: number;
  /** Server leg: from the TCP connection to an upstream proxy until it had opened the way, or refused. */
  readonly proxy?: number;
  /** Both: TLS handshake. */
  readonly tls?: number;
  /** Client leg: from the first byte until the whole request head was read. */
  readonly request?: number;
  /** Server leg: from the sent request head to the whole response head. Client leg: from the read request head to the sent response head. */
  readonly response?: number;
  /** From the leg's first sign of life to its end. */
  readonly total?: number;
}

/** One half of an exchange: app <-> shakedown (client leg) or shakedown <-> server (server leg). */
export interface Leg {
  readonly side: 'client' | 'server';
  readonly peer: Address | null;
  readonly hello?: ClientHelloFacts;
  readonly tls?: TlsFacts;
  readonly tlsFailure?: TlsFailure;
  /** Server leg: the server asked for a client certificate, and this one was shown; null: none was. Absent when it did not ask. */
  readonly clientCertificate?: CertificateFacts | null;
  readonly timings: Timings;
  /** When each phase began, milliseconds after the first event of the exchange; also of phases that did not end. */
  readonly starting?: Timings;
  /** Bytes that shakedown read from and wrote to this leg's peer, TLS removed. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly end?: LegEnd;
  readonly goaway?: Goaway;
}

/** One address that was tried. `SHK_OUTRUN`: another address connected first. */
export interface DialAttempt {
  readonly address: string;
  readonly code: string;
  readonly ms: number;
}

/** A connection to the server that could not be made. */
export interface DialFailure {
  /** `ENOTFOUND`, `ECONNREFUSED`, `ETIMEDOUT`, `SHK_LOOP`, `SHK_PRIVATE`, ... */
  readonly code: string;
  readonly message: string;
  readonly attempts: readonly DialAttempt[];
}
