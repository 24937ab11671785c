import { createHash, sign } from 'node:crypto';
import { type RevocationReason, revocationReasons } from '../model/certificate-twist.js';
import type { Signer } from './ca-certificate.js';
import { certificateParts, childrenOf, derTag } from './der.js';

const dayMs = 86_400_000;
const oids = {
  basicResponse: '06092b0601050507300101',
  sha1: '06052b0e03021a',
  ecdsaWithSha256: '06082a8648ce3d040302',
} as const;

const lengthOf = (length: number): Buffer =>
  length < 0x80 ? Buffer.from([length]) : Buffer.from(length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]);

/** One element of less than 64 KiB, DER. */
const element = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(value.length), value]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => element(derTag.sequence, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();

/** GeneralizedTime in whole seconds, RFC 5280 section 4.1.2.5.2. */
const time = (ms: number): Buffer => element(0x18, Buffer.from(`${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));

/** The bits of a public key without what says of which kind they are: what an issuer is known by in a CertID. */
const keyBits = ({ publicKey }: Signer): Uint8Array => {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const outer = childrenOf(der, { from: 0, to: der.length }, 1)?.[0];
  const bits = outer && childrenOf(der, outer, 2)?.[1];
  // The first byte of a BIT STRING counts unused bits.
  return bits ? der.subarray(bits.from + 1, bits.to) : der;
};

/**
 * What an OCSP responder says of a revoked certificate (RFC 6960 section 4.2.1), signed by its issuer itself, whose key is an elliptic curve's.
 * Revoked since yesterday; the answer is of this hour and holds for a week, so that no client finds it stale.
 */
export const ocspAnswer = ({
  leaf,
  issuer,
  now,
  revoked,
}: {
  readonly leaf: Uint8Array;
  readonly issuer: Signer;
  readonly now: number;
  readonly revoked: RevocationReason;
}): Buffer | undefined => {
  const serial = certificateParts(leaf)?.fields[1];
  if (!serial) return undefined;
  const certId = sequence(
    sequence(hex(oids.sha1), element(0x05)),
    element(derTag.octetString, sha1(issuer.name)),
    element(derTag.octetString, sha1(keyBits(issuer))),
    leaf.subarray(serial.start, serial.to),
  );
  const reason = element(0xa0, element(0x0a, Buffer.from([revocationReasons[revoked]])));
  const single = sequence(certId, element(0xa1, time(now - dayMs), reason), time(now - dayMs / 24), element(0xa0, time(now + 7 * dayMs)));
  const data = sequence(element(0xa1, issuer.name), time(now - dayMs / 24), sequence(single));
  const signature = sign('sha256', data, issuer.privateKey);
  const basic = sequence(data, sequence(hex(oids.ecdsaWithSha256)), element(derTag.bitString, Buffer.from([0]), signature));
  const bytes = sequence(hex(oids.basicResponse), element(derTag.octetString, basic));
  return sequence(element(0x0a, Buffer.from([0])), element(0xa0, bytes));
};
