import type { KeyObject } from 'node:crypto';
import type { RevocationReason } from '../model/certificate-twist.js';
import {
  authorityKeyIdentifier,
  buildCertificate,
  distinguishedName,
  extendedKeyUsage,
  type ForgeExtension,
  pinOf,
  subjectKeyIdentifier,
} from './build-certificate.js';
import { caCertificate, type Signer } from './ca-certificate.js';
import { type CertificateName, copiedName } from './host-name.js';
import { createKeys, ecPair, type KeyPair } from './keys.js';
import { ocspAnswer } from './ocsp.js';
import type { LeafShape, Validity } from './recipe.js';

const dayMs = 86_400_000;
const organization = 'shakedown';
/** RFC 5280 appendix A, ub-common-name. */
const longestCommonName = 64;

export interface MintRequest {
  readonly host: CertificateName;
  readonly shape: LeafShape;
  /** Nothing is wrong with it: it may share the key of all sound leaves. */
  readonly sound: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** It gets a key that no other certificate has. */
  readonly newKey?: true | undefined;
  /** An OCSP answer is to say so. */
  readonly revoked?: RevocationReason | undefined;
}

export interface Minted {
  /** What the server sends, DER, leaf first. */
  readonly chain: readonly Buffer[];
  readonly key: KeyObject;
  /** An OCSP answer about the leaf, DER. */
  readonly staple?: Buffer;
}

export interface Mint {
  make(request: MintRequest): Promise<Minted>;
  /** Pin of the one key that all sound EC leaves of this run share. */
  readonly leafPin: string;
}

/** Who signs a leaf, and what goes over the wire beside it. */
interface Issuer {
  readonly signer: Signer;
  readonly sent: readonly Buffer[];
}

const times = (validity: Validity, now: number): { notBefore: number; notAfter: number } =>
  'from' in validity
    ? { notBefore: Date.parse(validity.from), notAfter: Date.parse(validity.to) }
    : { notBefore: now + validity.fromDays * dayMs, notAfter: now + validity.toDays * dayMs };

const issuerLife: Validity = { fromDays: -2, toDays: 30 };

/** GeneralName of RFC 5280 section 4.2.1.6. */
const generalName = (name: CertificateName) => (name.type === 'ip' ? { type: 7, ip: name.value } : { type: 2, value: name.value });

const namesOf = (shape: LeafShape, host: CertificateName): readonly CertificateName[] => {
  if (shape.names === 'host') return [host];
  return shape.names === 'none' ? [] : shape.names.flatMap((name) => copiedName(name) ?? []);
};

const extensionsOf = (
  shape: LeafShape,
  names: readonly CertificateName[],
  keys: { own: KeyObject; issuer: KeyObject },
): ForgeExtension[] => [
  { name: 'basicConstraints', critical: true, cA: shape.ca },
  ...(shape.keyUsage ? [{ name: 'keyUsage', critical: true, ...Object.fromEntries(shape.keyUsage.map((usage) => [usage, true])) }] : []),
  ...(shape.extendedKeyUsage ? [extendedKeyUsage(shape.extendedKeyUsage)] : []),
  ...(names.length > 0 ? [{ name: 'subjectAltName', altNames: names.map(generalName) }] : []),
  subjectKeyIdentifier(keys.own),
  authorityKeyIdentifier(keys.issuer),
  ...shape.extensions.map(({ oid, critical, der }) => ({ id: oid, critical, value: Buffer.from(der, 'hex').toString('latin1') })),
];

const signerOf = (commonName: string, pair: KeyPair): Signer => ({ name: distinguishedName({ organization, commonName }), ...pair });

/** Makes certificates under one authority. Keys are made once for the run; the intermediates and strangers live in memory only. */
export const createMint = (authority: Signer): Mint => {
  const keys = createKeys();
  const shared = ecPair();
  const middle = signerOf('shakedown intermediate', ecPair());
  const stranger = ecPair();
  const strangersMiddle = ecPair();

  // Chromium's pin flag forgives everything that a certificate with that key does, so a bad certificate must never share the key of the good ones.
  const leafPair = ({ shape, sound, newKey }: MintRequest): Promise<KeyPair> =>
    newKey
      ? Promise.resolve(ecPair())
      : sound && shape.key === 'ec-p256'
        ? Promise.resolve(shared)
        : keys(sound ? 'sound' : 'bad', shape.key);

  const issuerOf = (shape: LeafShape, leaf: Signer, now: number): Issuer => {
    const ca = (subject: Signer, issuer: Signer, pathLength: number) =>
      caCertificate({ subject, issuer, pathLength, ...times(shape.issuerValidity ?? issuerLife, now) });
    const unknown = signerOf(shape.issuerName ?? 'an authority that nobody trusts', stranger);
    switch (shape.issuer) {
      case 'ca':
        return { signer: authority, sent: [] };
      case 'self':
        return { signer: leaf, sent: [] };
      case 'intermediate':
        return { signer: middle, sent: [ca(middle, authority, 0)] };
      case 'missing-intermediate':
        return { signer: shape.issuerName ? { ...middle, name: signerOf(shape.issuerName, middle).name } : middle, sent: [] };
      case 'unknown-ca':
        return { signer: unknown, sent: [] };
      case 'unknown-root':
        return { signer: unknown, sent: [ca(unknown, unknown, 1)] };
      case 'unknown-intermediate': {
        const between = signerOf(shape.issuerName ?? 'an intermediate that nobody trusts', strangersMiddle);
        return { signer: between, sent: [ca(between, signerOf('an authority that nobody trusts', stranger), 0)] };
      }
    }
  };

  const make = async (request: MintRequest): Promise<Minted> => {
    const { host, shape, now } = request;
    const pair = await leafPair(request);
    const commonName = shape.commonName === 'host' ? host.value : shape.commonName;
    const subject = distinguishedName({ organization, ...(commonName.length <= longestCommonName && { commonName }) });
    const issuer = issuerOf(shape, { name: subject, ...pair }, now);
    const leaf = buildCertificate({
      subject,
      issuer: issuer.signer.name,
      publicKey: pair.publicKey,
      signer: issuer.signer.privateKey,
      ...times(shape.validity, now),
      digest: shape.signature === 'sha1' ? 'sha1' : 'sha256',
      damaged: shape.signature === 'broken',
      extensions: extensionsOf(shape, namesOf(shape, host), { own: pair.publicKey, issuer: issuer.signer.publicKey }),
    });
    const staple = request.revoked && ocspAnswer({ leaf, issuer: issuer.signer, now, revoked: request.revoked });
    return { chain: [leaf, ...issuer.sent], key: pair.privateKey, ...(staple && { staple }) };
  };

  return { make, leafPin: pinOf(shared.publicKey) };
};
