import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { revocationReasons } from '../model/certificate-twist.js';
import type { CertificateFacts, OcspFacts, Staple } from '../model/tls-facts.js';
import { certificateParts, childrenOf, type DerNode, derTag, extensionsOf, oidOf } from './der.js';

/** Bytes of an answer that are looked at; real ones have half a KiB, or two with a certificate in them. */
const largestAnswer = 65_536;
const most = { answers: 64, certificates: 4 } as const;
const context = { enumerated: 0x0a, time: 0x18, explicit0: 0xa0, revoked: 0xa1 } as const;

/** CRLReason, RFC 5280 section 5.3.1: those that a fault can give, and the others. */
const reasons = new Map<number, string>([
  ...Object.entries(revocationReasons).map(([word, code]) => [code, word] as const),
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
]);

const digests: Readonly<Record<string, string>> = { '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256' };

/** Signature algorithms by the digest that node:crypto wants with them; null: the key says it all. */
const signedWith: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
};

/** id-kp-OCSPSigning, RFC 6960 section 4.2.2.2. */
const ocspSigning = '1.3.6.1.5.5.7.3.9';

type Der = Uint8Array;

const contentOf = (der: Der, { from, to }: DerNode): Der => der.subarray(from, to);
const wholeOf = (der: Der, { start, to }: DerNode): Der => der.subarray(start, to);
const same = (one: Der | undefined, other: Der | undefined): boolean =>
  one !== undefined && other !== undefined && Buffer.compare(one, other) === 0;

/** GeneralizedTime, RFC 5280 section 4.1.2.5.2; some responders write fractions of a second. */
const timeOf = (der: Der, node: DerNode | undefined): string => {
  if (node?.tag !== context.time || node.to - node.from > 32) return '';
  const read = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(Buffer.from(contentOf(der, node)).toString('latin1'));
  const ms = read ? Date.parse(`${read[1]}-${read[2]}-${read[3]}T${read[4]}:${read[5]}:${read[6]}Z`) : Number.NaN;
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
};

/** BasicOCSPResponse (RFC 6960 section 4.2.1) in its parts, or what stood in its place. */
const openAnswer = (der: Der) => {
  const outer = childrenOf(der, { from: 0, to: der.length }, 1)?.[0];
  const [status, bytes] = (outer?.tag === derTag.sequence && childrenOf(der, outer, 2)) || [];
  if (status?.tag !== context.enumerated) return 'unreadable';
  if (contentOf(der, status).some((byte) => byte !== 0)) return 'refused';
  const wrapped = bytes?.tag === context.explicit0 ? childrenOf(der, bytes, 1)?.[0] : undefined;
  const answer = wrapped && childrenOf(der, wrapped, 2)?.[1];
  const basic = answer?.tag === derTag.octetString ? childrenOf(der, answer, 1)?.[0] : undefined;
  const [data, algorithm, signature, certificates] = (basic && childrenOf(der, basic, 4)) || [];
  const fields = data && childrenOf(der, data, 6);
  // version [0] and responseExtensions [1] may be there; the list is the only plain SEQUENCE.
  const list = fields?.find(({ tag }) => tag === derTag.sequence);
  const answers = list && childrenOf(der, list, most.answers);
  return data && algorithm && signature && answers ? { data, algorithm, signature, certificates, answers } : 'unreadable';
};

type Answer = Exclude<ReturnType<typeof openAnswer>, string>;

/** serialNumber and issuer of a certificate, as they stand; a certificate of version 1 does not say its version. */
const namesOf = (certificate: Der): { readonly serial: Der; readonly issuer: Der } | undefined => {
  const fields = certificateParts(certificate)?.fields ?? [];
  const at = fields[0]?.tag === context.explicit0 ? 1 : 0;
  const [serial, issuer] = [fields[at], fields[at + 2]];
  return serial && issuer && { serial: contentOf(certificate, serial), issuer: wholeOf(certificate, issuer) };
};

/** Whether one of the answers is about the leaf. The key of its issuer is left to the signature. */
const isAbout = (der: Der, answer: DerNode, leaf: NonNullable<ReturnType<typeof namesOf>>): boolean => {
  const id = childrenOf(der, answer, 5)?.[0];
  const [algorithm, nameHash, , serial] = (id && childrenOf(der, id, 4)) || [];
  const oid = algorithm && childrenOf(der, algorithm, 2)?.[0];
  if (!nameHash || !serial || !same(contentOf(der, serial), leaf.serial)) return false;
  const digest = digests[(oid && oidOf(der, oid)) ?? ''];
  return digest === undefined || same(contentOf(der, nameHash), createHash(digest).update(leaf.issuer).digest());
};

const certificateOf = (der: Der): X509Certificate | undefined => {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
};

/** Whom the issuer lets speak for it: itself, and whose certificate it signed for that and put into the answer. */
const speakersOf = (der: Der, { certificates }: Answer, issuer: X509Certificate): KeyObject[] => {
  const list = certificates?.tag === context.explicit0 ? childrenOf(der, certificates, 1)?.[0] : undefined;
  const entrusted = ((list && childrenOf(der, list)) ?? [])
    .slice(0, most.certificates)
    .flatMap((node) => certificateOf(wholeOf(der, node)) ?? [])
    .filter((one) => one.keyUsage?.includes(ocspSigning) && one.checkIssued(issuer) && one.verify(issuer.publicKey));
  return [issuer, ...entrusted].map(({ publicKey }) => publicKey);
};

/** As in OcspFacts. Signature algorithms that are not known, and keys that do not fit, give no word. */
const verifiedBy = (der: Der, answer: Answer, issuers: readonly X509Certificate[]): boolean | null => {
  const oid = childrenOf(der, answer.algorithm, 2)?.[0];
  const digest = signedWith[(oid && oidOf(der, oid)) ?? ''];
  if (digest === undefined || issuers.length === 0) return null;
  // The first byte of a BIT STRING counts unused bits.
  const signature = contentOf(der, answer.signature).subarray(1);
  try {
    return issuers.some((issuer) =>
      speakersOf(der, answer, issuer).some((key) => verify(digest, wholeOf(der, answer.data), key, signature)),
    );
  } catch {
    return null;
  }
};

const statuses: Readonly<Record<number, Staple>> = { 128: 'good', 160: 'good', 161: 'revoked', 130: 'unknown', 162: 'unknown' };

const singleOf = (der: Der, answer: DerNode): { readonly staple: Staple } & Omit<OcspFacts, 'verified'> => {
  const [, status, thisUpdate, ...rest] = childrenOf(der, answer, 5) ?? [];
  const next = rest.find(({ tag }) => tag === context.explicit0);
  const [revokedAt, reason] = (status?.tag === context.revoked && childrenOf(der, status, 2)) || [];
  const code = reason && childrenOf(der, reason, 1)?.[0];
  return {
    staple: statuses[status?.tag ?? 0] ?? 'unreadable',
    thisUpdate: timeOf(der, thisUpdate),
    nextUpdate: next ? timeOf(der, childrenOf(der, next, 1)?.[0]) : null,
    revokedAt: revokedAt ? timeOf(der, revokedAt) : null,
    reason: code ? (reasons.get(contentOf(der, code)[0] ?? -1) ?? null) : null,
  };
};

/**
 * What the OCSP answer says that came with a chain; null: none came. Bounded and tolerant: what cannot be read gives `unreadable`. Never throws.
 * `chain`: leaf first. Whether it is fresh is left to whoever knows the time.
 */
export const stapleFacts = (
  answer: Uint8Array | null,
  chain: readonly CertificateFacts[],
): { readonly staple: Staple; readonly ocsp?: OcspFacts } => {
  if (answer === null || answer.length === 0) return { staple: 'none' };
  const [leaf, ...others] = chain;
  const opened = answer.length > largestAnswer ? 'unreadable' : openAnswer(answer);
  if (typeof opened === 'string') return { staple: opened };
  const names = leaf && namesOf(Buffer.from(leaf.der, 'base64'));
  if (!names) return { staple: 'unreadable' };
  const own = opened.answers.find((one) => isAbout(answer, one, names));
  if (!own) return { staple: 'other' };
  const { staple, ...times } = singleOf(answer, own);
  const issuers = (leaf.selfSigned ? [leaf] : others.filter(({ subject }) => subject === leaf.issuer)).flatMap(
    ({ der }) => certificateOf(Buffer.from(der, 'base64')) ?? [],
  );
  return { staple, ocsp: { ...times, verified: verifiedBy(answer, opened, issuers) } };
};

/** id-pe-tlsfeature, RFC 7633. */
export const tlsFeature = '1.3.6.1.5.5.7.1.24';

/** The feature extension with status_request (5) in it. */
export const saysMustStaple = (der: Uint8Array): boolean => {
  const value = extensionsOf(der).find(({ oid }) => oid === tlsFeature)?.value;
  const list = value && childrenOf(value, { from: 0, to: value.length }, 1)?.[0];
  const features = (value && list && childrenOf(value, list, 16)) ?? [];
  return value !== undefined && features.some(({ tag, from, to }) => tag === derTag.integer && to - from === 1 && value[from] === 5);
};
