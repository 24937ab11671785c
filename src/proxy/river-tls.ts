import type { SecureContext } from 'node:tls';
import type { Leaf } from '../authority/authority.js';
import type { TlsBounds } from '../faults/changes.js';
import type { CertificateFacts } from '../model/tls-facts.js';
import { hostMatches } from '../wire/host-glob.js';
import type { TlsLimits } from './tls-options.js';

/** What the server leg is secured with. */
export interface ServerTlsMeans {
  readonly context: SecureContext;
  /** What is shown when the server asks for a client certificate; null: none. */
  readonly certificate: CertificateFacts | null;
}

/** A certificate with its key. */
export interface PemCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** The user's decisions about TLS, made ready for use. */
export interface RiverTls {
  /** For a server that goes by these names (what CONNECT named, the SNI). `show` takes the place of the user's certificate; null: none. */
  forServer(names: readonly string[], change?: TlsBounds & { readonly show?: PemCertificate | null }): ServerTlsMeans;
  /** A leaf's context under the limits of the client leg. `bounds` take their place where a fault has some. */
  forClient(leaf: Leaf, bounds?: TlsBounds): SecureContext;
  /** Takes a line of the NSS key log format; null when no key log is written. Never throws, never blocks. */
  readonly keylog: ((line: Buffer) => void) | null;
}

/** The protocols that are left of these under a limit. */
export const allowedAlpn = ({ alpn }: TlsLimits, offered: readonly string[]): readonly string[] =>
  alpn === null ? offered : offered.filter((protocol) => alpn.includes(protocol));

export const isLimited = (limits: TlsLimits): boolean => Object.values(limits).some((limit) => limit !== null);

/** Whether the user wants one of these hosts' TLS left closed. */
export const passesThrough = (patterns: readonly string[], names: readonly string[]): boolean =>
  patterns.some((pattern) => names.some((name) => hostMatches(pattern, name)));
