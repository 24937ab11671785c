import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { CertificateFacts } from '../model/tls-facts.js';
import { claimsToBeCa, signatureOid } from './der.js';
import { saysMustStaple } from './staple-facts.js';

/** Bytes of one certificate, and certificates of one chain, that are looked at; real chains have three of 2 KiB. */
const largestCertificate = 65_536;
const longestChain = 10;

/** RFC 3279, 4055, 5758, 8410, in the words of OpenSSL. */
const signatureNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.10': 'rsassaPss',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.10040.4.3': 'dsa-with-SHA1',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};

const curveBits: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
  secp256k1: 256,
  ed25519: 256,
  ed448: 456,
};

/** What a reading that may throw gives, else the other value: peers send certificates that OpenSSL reads only in part. */
const attempt = <T>(read: () => T, otherwise: T): T => {
  try {
    return read() ?? otherwise;
  } catch {
    return otherwise;
  }
};

const oneLine = (name: string): string => name.split('\n').join(', ');

/** `Nov 22 19:10:00 2026 GMT` as an ISO time; '' when it is no time. */
const isoOf = (text: string): string => attempt(() => new Date(text).toISOString(), '');

/** Entries of Node's subjectAltName text; Node writes a value with odd characters as a JSON string (CVE-2021-44532). */
const alternativeNames = (text: string, prefix: 'DNS' | 'IP Address'): string[] => {
  const names: string[] = [];
  for (const [, kind, value = ''] of text.matchAll(/(?:^|, )([A-Za-z0-9 ]+):("(?:[^"\\]|\\.)*"|[^,]*)/g)) {
    if (kind === prefix) names.push(value.startsWith('"') ? attempt(() => String(JSON.parse(value)), value) : value);
  }
  return names;
};

/** Lines of Node's infoAccess text, RFC 5280 section 4.2.2.1. */
const issuerAddresses = (text: string): string[] =>
  [...text.matchAll(/^CA Issuers - URI:(.{1,2048})$/gm)].slice(0, 4).flatMap(([, address]) => address ?? []);

/** The short form of RFC 5952 for IPv6, which OpenSSL prints in full. */
const shortAddress = (address: string): string =>
  address.includes(':') ? attempt(() => new URL(`http://[${address}]`).hostname.slice(1, -1), address) : address;

const keyFacts = (certificate: X509Certificate): { keyType: string; keyBits: number } =>
  attempt(
    () => {
      const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = certificate.publicKey;
      const bits = details?.modulusLength ?? curveBits[details?.namedCurve ?? type] ?? 0;
      return { keyType: type, keyBits: bits };
    },
    { keyType: '', keyBits: 0 },
  );

/** Issued and signed by itself, not only named so. */
const isSelfSigned = (certificate: X509Certificate): boolean =>
  attempt(() => certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey), false);

/** What a certificate says; null when OpenSSL cannot read it or when it is larger than 64 KiB. Never throws. */
export const certificateFacts = (der: Uint8Array): CertificateFacts | null => {
  if (der.length === 0 || der.length > largestCertificate) return null;
  const certificate = attempt(() => new X509Certificate(der), null);
  if (!certificate) return null;
  const names = attempt(() => certificate.subjectAltName ?? '', '');
  const oid = signatureOid(der);
  const caIssuers = issuerAddresses(attempt(() => certificate.infoAccess ?? '', ''));
  return {
    subject: attempt(() => oneLine(certificate.subject), ''),
    issuer: attempt(() => oneLine(certificate.issuer), ''),
    serial: attempt(() => certificate.serialNumber, ''),
    notBefore: isoOf(certificate.validFrom),
    notAfter: isoOf(certificate.validTo),
    dnsNames: alternativeNames(names, 'DNS'),
    ipAddresses: alternativeNames(names, 'IP Address').map(shortAddress),
    ...keyFacts(certificate),
    signature: signatureNames[oid] ?? oid,
    // Node's `ca` is false for a leaf that claims to be an authority and may not sign certificates: the very thing that Firefox refuses.
    isCa: claimsToBeCa(der),
    selfSigned: isSelfSigned(certificate),
    // Node calls the extended key usage keyUsage.
    extendedKeyUsage: attempt<readonly string[] | null>(() => certificate.keyUsage, null),
    ...(saysMustStaple(der) && { mustStaple: true }),
    ...(caIssuers.length > 0 && { caIssuers }),
    fingerprint: certificate.fingerprint256,
    der: Buffer.from(der).toString('base64'),
  };
};

/** Facts of a chain, leaf first, at most 10; certificates that cannot be read are left out. */
export const chainFacts = (chain: readonly Uint8Array[]): readonly CertificateFacts[] =>
  chain.slice(0, longestChain).flatMap((der) => certificateFacts(der) ?? []);

/** What the peer of a TLS client socket presented, leaf first; empty before the handshake and on sockets that are gone. Never throws. */
export const chainOfSocket = (socket: TLSSocket): readonly CertificateFacts[] => {
  const chain: Uint8Array[] = [];
  const seen = new Set<string>();
  let certificate = attempt(() => socket.getPeerX509Certificate(), undefined);
  // A self-signed certificate may name itself as its issuer, so the walk ends at the first one met twice.
  while (certificate && chain.length < longestChain && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    chain.push(certificate.raw);
    const { issuerCertificate } = certificate;
    certificate = issuerCertificate;
  }
  return chainFacts(chain);
};
