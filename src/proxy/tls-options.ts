/** The versions that a limit can name, oldest first. */
export const tlsVersions = ['1.0', '1.1', '1.2', '1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** What one leg's TLS is held to; null leaves it as it is without a limit. */
export interface TlsLimits {
  readonly min: TlsVersion | null;
  readonly max: TlsVersion | null;
  /** In OpenSSL's syntax, names of TLS 1.3 suites among them. */
  readonly ciphers: string | null;
  /** Only these protocols are offered to the server, or taken from the client. A limit takes away, it adds none. */
  readonly alpn: readonly string[] | null;
}

/** A client certificate to show to servers that ask for one. */
export interface ClientCertificateFile {
  /** Hosts by name, address or glob; `*` is every host. */
  readonly host: string;
  /** Path of a PEM file, or of a PKCS #12 file (.p12, .pfx). */
  readonly cert: string;
  /** Path of the key, PEM; null where the certificate's own file holds it. */
  readonly key: string | null;
}

/** What the user decided about TLS; plain data. */
export interface TlsOptions {
  readonly client: TlsLimits;
  readonly server: TlsLimits;
  readonly certificates: readonly ClientCertificateFile[];
  /** Path of the file that gets the secrets of every TLS connection of ours, or null. */
  readonly keylog: string | null;
  /** Hosts (names, addresses, globs) whose TLS is not opened. */
  readonly passthrough: readonly string[];
}

export const noLimits: TlsLimits = { min: null, max: null, ciphers: null, alpn: null };

/** Nothing set. */
export const plainTls: TlsOptions = { client: noLimits, server: noLimits, certificates: [], keylog: null, passthrough: [] };
