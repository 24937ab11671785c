import type { KeyObject } from 'node:crypto';
import { authorityKeyIdentifier, buildCertificate, subjectKeyIdentifier } from './build-certificate.js';

/** An authority that can sign: its name and both halves of its key. */
export interface Signer {
  /** Distinguished name, DER. */
  readonly name: Uint8Array;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface CaCertificateSpec {
  readonly subject: Signer;
  /** The same as `subject` for a root. */
  readonly issuer: Signer;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** How many authorities may stand between this one and a leaf. */
  readonly pathLength: number;
}

/** A certificate that may sign others and nothing else, DER. */
export const caCertificate = ({ subject, issuer, notBefore, notAfter, pathLength }: CaCertificateSpec): Buffer =>
  buildCertificate({
    subject: subject.name,
    issuer: issuer.name,
    publicKey: subject.publicKey,
    signer: issuer.privateKey,
    notBefore,
    notAfter,
    digest: 'sha256',
    extensions: [
      { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: pathLength },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
      subjectKeyIdentifier(subject.publicKey),
      authorityKeyIdentifier(issuer.publicKey),
    ],
  });
