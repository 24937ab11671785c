import type { TlsFacts, TlsFailure } from './tls-facts.js';

/** Where an upstream proxy is and what is spoken to it: `https` is an HTTP proxy behind TLS. */
export interface UpstreamAddress {
  readonly scheme: 'http' | 'https' | 'socks5';
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** A proxy that the server leg goes through, with the credentials that the user gave for it. */
export interface UpstreamProxy extends UpstreamAddress {
  /** Percent-decoded; each at most 255 bytes of UTF-8. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

/**
 * What became of the words with the upstream proxy. `ok`: the way to the server is open. `refused`: it said no in its own protocol.
 * `malformed`: it said something else. `closed` and `reset`: it ended before a whole answer. `timeout`: it said nothing for too long.
 */
export type UpstreamOutcome = 'ok' | 'refused' | 'malformed' | 'closed' | 'reset' | 'timeout';

/** The way through an upstream proxy, kept apart from what the server said. */
export interface UpstreamTalk {
  readonly proxy: UpstreamAddress;
  /** What it was told (CONNECT, or SOCKS5), latin1, credentials replaced by `***`; '' where plain requests go to it as they are. */
  readonly request: string;
  /** What it answered, latin1: a head with its body, or the bytes of SOCKS5; at most 64 KiB. */
  readonly reply: string;
  /** The HTTP status, or the reply code of SOCKS5 (RFC 1928 section 6); null when there was none. */
  readonly status: number | null;
  /** Null while it is open, and when no word was exchanged. */
  readonly outcome: UpstreamOutcome | null;
  /** The outcome in a sentence. */
  readonly why: string;
  /** TLS to an https proxy; that of the server is the server leg's. */
  readonly tls: TlsFacts | null;
  readonly tlsFailure: TlsFailure | null;
}

/** `http://proxy.example:3128`; never with credentials. */
export const upstreamUrl = ({ scheme, host, port }: UpstreamAddress): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
