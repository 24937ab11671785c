/** What one certificate says; read by `crypto.X509Certificate`, never by a parser of ours. */
export interface CertificateFacts {
  /** Distinguished names on one line, comma-separated, as Node prints them with line breaks replaced. */
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  /** ISO times. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SAN entries without prefix. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** `rsa` 2048, `ec` 256, ... */
  readonly keyType: string;
  readonly keyBits: number;
  /** `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, ...; `''` when it could not be read. */
  readonly signature: string;
  readonly isCa: boolean;
  readonly selfSigned: boolean;
  /** Extended key usage OIDs; null when the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** It says that it must come with an OCSP answer (RFC 7633: TLS feature status_request); absent when it does not. */
  readonly mustStaple?: true;
  /** Where it says that its issuer's certificate can be fetched (authorityInfoAccess, caIssuers); absent when it does not say. */
  readonly caIssuers?: readonly string[];
  /** SHA-256 over the DER, colon-separated hex. */
  readonly fingerprint: string;
  /** The certificate itself, base64 DER. */
  readonly der: string;
}

/**
 * What the OCSP answer says that was stapled to the leaf (RFC 6066 section 8, RFC 6960). `none`: it was asked for, and none came. `other`: it speaks
 * of another certificate. `refused`: the responder gave no answer (tryLater and the like). `unreadable`: it is no OCSP answer.
 */
export type Staple = 'good' | 'revoked' | 'unknown' | 'none' | 'other' | 'refused' | 'unreadable';

/** Of an OCSP answer that could be read. Times are ISO times; '' where one could not be read. */
export interface OcspFacts {
  readonly thisUpdate: string;
  /** Null: newer answers may be had at any time. */
  readonly nextUpdate: string | null;
  readonly revokedAt: string | null;
  /** CRLReason in the words of RFC 5280 section 5.3.1: `keyCompromise`; null when it is not said. */
  readonly reason: string | null;
  /** Whether the issuer, or whom it entrusted with that, signed it; null when that could not be found out. */
  readonly verified: boolean | null;
}

/** A completed TLS handshake on one leg. */
export interface TlsFacts {
  readonly version: string;
  readonly cipher: string;
  /** The protocol agreed by ALPN, or null. */
  readonly alpn: string | null;
  /** SNI sent by the client of this leg, or null. */
  readonly sni: string | null;
  /** What the server of this leg presented, leaf first. */
  readonly chain: readonly CertificateFacts[];
  /** Whether the chain and the name were verified; on the client leg: null, only the client knows. */
  readonly authorized: boolean | null;
  /** OpenSSL or Node code of the verification error (`CERT_HAS_EXPIRED`), else null. */
  readonly error: string | null;
  /** Absent when nobody asked for one. */
  readonly staple?: Staple;
  readonly ocsp?: OcspFacts;
}

/** A TLS handshake that failed on one leg. */
export interface TlsFailure {
  /** Code of Node or OpenSSL (`ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`, `ECONNRESET`). */
  readonly code: string;
  readonly message: string;
  /** Alert number sent by the peer, RFC 8446 section 6, when there was one. */
  readonly alert: number | null;
  /** First bytes that the peer sent in place of TLS, latin1, at most 64; `''` when it spoke TLS or nothing. */
  readonly firstBytes: string;
  /** What had been presented when it failed, leaf first. */
  readonly chain: readonly CertificateFacts[];
  readonly sni: string | null;
  /** As in TlsFacts. */
  readonly staple?: Staple;
  readonly ocsp?: OcspFacts;
}

/** What a ClientHello says, before any answer. */
export interface ClientHelloFacts {
  readonly sni: string | null;
  readonly alpn: readonly string[];
  /** Highest first: `TLSv1.3`, `TLSv1.2`, ... */
  readonly versions: readonly string[];
  /** It asks for an OCSP answer to be stapled to the certificate (status_request, RFC 6066 section 8); absent when it does not. */
  readonly statusRequest?: true;
}
