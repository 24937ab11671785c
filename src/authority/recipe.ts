import type { RevocationReason } from '../model/certificate-twist.js';

/**
 * Who signs a leaf, and what is sent beside it.
 * `ca`: our authority. `self`: the leaf's own key. `intermediate`: an intermediate under our authority, sent. `missing-intermediate`: the same, not sent.
 * `unknown-ca`: an authority that nobody trusts, not sent. `unknown-root`: the same, sent. `unknown-intermediate`: an intermediate below it is sent, it is not.
 */
export const issuers = [
  'ca',
  'self',
  'intermediate',
  'missing-intermediate',
  'unknown-ca',
  'unknown-root',
  'unknown-intermediate',
] as const;
export type IssuerKind = (typeof issuers)[number];

export const keyKinds = ['ec-p256', 'rsa-2048', 'rsa-1024'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** `broken` is a SHA-256 signature with one bit turned: it parses and does not verify. */
export const signatures = ['sha256', 'sha1', 'broken'] as const;
export type SignatureKind = (typeof signatures)[number];

/** RFC 5280 section 4.2.1.3, in the words of X.509. */
export const keyUsages = ['digitalSignature', 'keyEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign'] as const;
export type KeyUsage = (typeof keyUsages)[number];

/** Clients that were tried with every recipe. */
export const refusers = ['node', 'openssl', 'curl', 'python', 'go', 'java', 'chromium', 'firefox'] as const;
export type Refuser = (typeof refusers)[number];

/** Either days from now (a fraction is fine) or ISO times. */
export type Validity = { readonly fromDays: number; readonly toDays: number } | { readonly from: string; readonly to: string };

export interface RecipeExtension {
  readonly oid: string;
  readonly critical: boolean;
  /** The extension's value, DER, hex. */
  readonly der: string;
}

/** Everything that a certificate which we mint says, but for the host that it is minted for. */
export interface LeafShape {
  /** What the subjectAltName lists: the host asked for, these names, or no such extension at all. */
  readonly names: 'host' | 'none' | readonly string[];
  /** `host` is the host asked for; left out where it is longer than the 64 characters of RFC 5280's ub-common-name. */
  readonly commonName: string;
  readonly validity: Validity;
  readonly issuer: IssuerKind;
  /** The common name of an issuer that nobody trusts, or that is not sent. */
  readonly issuerName?: string;
  /** Of the issuer's certificate, where one is sent. */
  readonly issuerValidity?: Validity;
  readonly key: KeyKind;
  readonly signature: SignatureKind;
  /** basicConstraints CA. */
  readonly ca: boolean;
  /** Object identifiers; null leaves the extension out. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Null leaves the extension out. */
  readonly keyUsage: readonly KeyUsage[] | null;
  readonly extensions: readonly RecipeExtension[];
}

/** One file of certs/recipes. */
export interface Recipe extends LeafShape {
  /** Kebab case, equal to the file's name. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** The finding that names it; null when it is no fault, or when no finding has a name for it. */
  readonly expects: string | null;
  /** What each client says when it refuses it; null when it accepts it. */
  readonly refusedBy: Readonly<Record<Refuser, string | null>>;
  /** The OCSP answer that is stapled to it says that it was revoked, for this reason. */
  readonly revoked?: RevocationReason;
}

/** The shape of a leaf with nothing wrong: seven days, two of them already past for clients whose clock is slow. */
export const soundShape: LeafShape = {
  names: 'host',
  commonName: 'host',
  validity: { fromDays: -2, toDays: 5 },
  issuer: 'ca',
  key: 'ec-p256',
  signature: 'sha256',
  ca: false,
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  keyUsage: ['digitalSignature'],
  extensions: [],
};

/** RFC 5280 section 4.2.1.12. */
export const purpose = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2', any: '2.5.29.37.0' } as const;

/** Whether a text is an object identifier that can be encoded (X.660 section 7; forge takes numbers of 32 bits). */
export const isOid = (text: string): boolean =>
  text.length <= 100 &&
  /^([01]\.[1-3]?\d|2\.\d{1,9})(\.\d{1,10})*$/.test(text) &&
  text.split('.').every((arc) => Number(arc) <= 0xff_ff_ff_ff);
