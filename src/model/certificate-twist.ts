/** CRLReason of RFC 5280 section 5.3.1 by number. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
} as const;
export type RevocationReason = keyof typeof revocationReasons;

/** In what a certificate that we mint differs from its recipe. */
export interface CertificateTwist {
  /** The common name of an issuer that nobody trusts, or that is not sent. */
  readonly issuerName?: string;
  /** Days from now, fractions of a day among them. */
  readonly validity?: { readonly fromDays: number; readonly toDays: number };
  /** A key that no other certificate has. */
  readonly newKey?: true;
  /** The OCSP answer that is stapled to it says that it was revoked. */
  readonly revoked?: RevocationReason;
}
