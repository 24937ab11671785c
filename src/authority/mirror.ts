import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { type RevocationReason, revocationReasons } from '../model/certificate-twist.js';
import type { CertificateFacts, OcspFacts, Staple } from '../model/tls-facts.js';
import { type DerExtension, derTag, extensionsOf } from './der.js';
import { copiedName } from './host-name.js';
import { type IssuerKind, isOid, type KeyUsage, type LeafShape, purpose, type RecipeExtension, soundShape } from './recipe.js';
import { tlsFeature } from './staple-facts.js';

export interface MirrorFacts {
  /** What the server presented, leaf first. */
  readonly chain: readonly CertificateFacts[];
  /** The code of Node or OpenSSL that says why it was not accepted; null when it was. */
  readonly error: string | null;
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether the chain leads to an authority that shakedown trusts, dates aside: see `isAnchored`. Without it, the error decides. */
  readonly anchored?: boolean;
  /** Whether the missing issuer is of a family with a trusted root: see `isKin`. */
  readonly kin?: boolean;
  /** As in TlsFacts. */
  readonly staple?: Staple | undefined;
  readonly ocsp?: OcspFacts | undefined;
}

/** A certificate of ours with the defects of the server's. `defects` are findings' codes without their `certificate.`. */
export interface Mirror {
  readonly possible: true;
  readonly defects: readonly string[];
  readonly recipe: LeafShape;
  /** An OCSP answer that says so is to be stapled to it. */
  readonly revoked?: RevocationReason;
}

/** `why` is a sentence. */
export type MirrorPlan = Mirror | { readonly possible: false; readonly defects: readonly string[]; readonly why: string };

/** One thing that is wrong, and what it changes in the shape of the leaf. */
interface Defect {
  readonly name: string;
  readonly change: Partial<LeafShape>;
}

const most = { names: 64, text: 64, purposes: 20 } as const;

/** Which defects account for an error; an error that none of them accounts for cannot be mirrored. */
const explanations: Readonly<Record<string, readonly string[]>> = {
  CERT_HAS_EXPIRED: ['expired'],
  CERT_NOT_YET_VALID: ['not-yet-valid'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['unknown-ca'],
  UNABLE_TO_GET_ISSUER_CERT: ['unknown-ca', 'incomplete-chain'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['unknown-ca', 'incomplete-chain'],
  // OpenSSL does not get as far as the signature of a leaf with an extension that does not parse.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['unknown-ca', 'incomplete-chain', 'malformed'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['name-mismatch'],
  INVALID_PURPOSE: ['wrong-purpose'],
  CERT_SIGNATURE_FAILURE: ['malformed'],
  // Node's word for everything that it has no word for; its text would tell a weak digest, a weak key and a critical extension apart.
  UNSPECIFIED: ['weak-signature', 'weak-key', 'malformed'],
};

const issuerErrors: Readonly<Record<string, IssuerKind>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-root',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-intermediate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-intermediate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-ca',
};

const timeDefect = ({ notBefore, notAfter }: CertificateFacts, now: number): string | null => {
  if (Date.parse(notAfter) < now) return 'expired';
  return Date.parse(notBefore) > now ? 'not-yet-valid' : null;
};

const validity = ({ notBefore, notAfter }: CertificateFacts) => ({ from: notBefore, to: notAfter });

/** A server's text in a name of ours: printable ASCII, bounded. Its certificate is hostile until shown otherwise. */
const plainText = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, most.text);

const nameField = (name: string, field: 'CN' | 'O'): string => new RegExp(`(?:^|, )${field}=([^,]+)`).exec(name)?.[1] ?? '';

/** The certificates from the leaf upwards as far as names lead, each at most once. */
const pathOf = (chain: readonly CertificateFacts[]): CertificateFacts[] => {
  const [leaf, ...rest] = chain;
  const path = leaf ? [leaf] : [];
  for (let last = leaf; last && !last.selfSigned; ) {
    const { issuer } = last;
    const next = rest.findIndex(({ subject }) => subject === issuer);
    last = next < 0 ? undefined : rest.splice(next, 1)[0];
    if (last) path.push(last);
  }
  return path;
};

const issuerKind = (leaf: CertificateFacts, path: readonly CertificateFacts[]): IssuerKind => {
  if (leaf.selfSigned) return 'self';
  if (path.at(-1)?.selfSigned) return 'unknown-root';
  return path.length > 1 ? 'unknown-intermediate' : 'unknown-ca';
};

const issuerDefect = (leaf: CertificateFacts, { chain, error, anchored, kin = false }: MirrorFacts): Defect | null => {
  const told = error === null ? undefined : issuerErrors[error];
  const trusted = error === null || error === 'ERR_TLS_CERT_ALTNAME_INVALID' || (anchored ?? !leaf.selfSigned);
  if (!told && trusted) return null;
  const path = pathOf(chain);
  const kind = told ?? issuerKind(leaf, path);
  // Firefox refuses a leaf that is an authority in other words than a self-signed one, so this mark is part of the defect.
  if (kind === 'self') return { name: 'self-signed', change: { issuer: 'self', ca: leaf.isCa } };
  const last = path.at(-1) ?? leaf;
  const issuerName = plainText(nameField(leaf.issuer, 'CN') || nameField(leaf.issuer, 'O'));
  const change = { issuer: kind, ...(issuerName !== '' && { issuerName }) };
  return { name: !last.selfSigned && (last.caIssuers || kin) ? 'incomplete-chain' : 'unknown-ca', change };
};

/** An issuer that is out of date, when the error speaks of time and the leaf is within its own. */
const issuerTimeDefect = ({ chain, error, now }: MirrorFacts): Defect | null => {
  const late = error === 'CERT_HAS_EXPIRED' ? 'expired' : error === 'CERT_NOT_YET_VALID' ? 'not-yet-valid' : null;
  const issuer = chain.slice(1).find((certificate) => late !== null && timeDefect(certificate, now) === late);
  return late && issuer ? { name: late, change: { issuer: 'intermediate', issuerValidity: validity(issuer) } } : null;
};

const matchesHost = (certificate: X509Certificate, host: string): boolean =>
  (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;

const nameDefects = (leaf: CertificateFacts, certificate: X509Certificate, { error, host }: MirrorFacts): Defect[] => {
  const listed = [...leaf.dnsNames, ...leaf.ipAddresses];
  const mismatch = error !== null && (error === 'ERR_TLS_CERT_ALTNAME_INVALID' || !matchesHost(certificate, host));
  const noSan: Defect[] = listed.length === 0 ? [{ name: 'no-san', change: { names: 'none' } }] : [];
  if (!mismatch) return noSan;
  // An address among the DNS names is no address for any client, and would become one in the copy.
  const copied = [...leaf.dnsNames.filter((name) => !isIP(name)), ...leaf.ipAddresses];
  const names = copied.flatMap((name) => copiedName(name)?.value ?? []).slice(0, most.names);
  const commonName = copiedName(nameField(leaf.subject, 'CN'))?.value ?? names[0] ?? 'not-copied.invalid';
  // Names that are no names cannot be copied; the client must still see a list that leaves its host out.
  const change = { commonName, names: names.length > 0 ? names : ['not-copied.invalid'] };
  return [{ name: 'name-mismatch', change }, ...noSan];
};

const usageBits: readonly (KeyUsage | null)[] = [
  'digitalSignature',
  null,
  'keyEncipherment',
  null,
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
];

/** keyUsage, RFC 5280 section 4.2.1.3: a BIT STRING of tag, length, unused bits, bits. */
const keyUsageOf = (extensions: readonly DerExtension[]): KeyUsage[] | null => {
  const bits = extensions.find(({ oid }) => oid === '2.5.29.15')?.value[3];
  return bits === undefined ? null : usageBits.flatMap((usage, index) => (usage && bits & (0x80 >> index) ? usage : []));
};

const purposeDefects = (leaf: CertificateFacts, extensions: readonly DerExtension[], error: string | null): Defect[] => {
  const found: Defect[] = [];
  const name = 'wrong-purpose';
  const eku = leaf.extendedKeyUsage;
  // OpenSSL does not take anyExtendedKeyUsage for serverAuth, Go and NSS do.
  if (eku && !eku.includes(purpose.server) && (!eku.includes(purpose.any) || error === 'INVALID_PURPOSE')) {
    found.push({ name, change: { extendedKeyUsage: eku.filter(isOid).slice(0, most.purposes) } });
  }
  const usage = keyUsageOf(extensions);
  if (usage && !usage.some((one) => one === 'digitalSignature' || one === 'keyEncipherment' || one === 'keyAgreement')) {
    found.push({ name, change: { keyUsage: usage } });
  }
  if (leaf.isCa && !leaf.selfSigned) found.push({ name, change: { ca: true } });
  return found;
};

/** A keyUsage that is no BIT STRING, as it stands. */
const brokenUsage = (extensions: readonly DerExtension[], error: string | null): Defect | null => {
  const usage = extensions.find(({ oid }) => oid === '2.5.29.15');
  if (error === null || !usage || usage.value[0] === derTag.bitString || usage.value.length === 0 || usage.value.length > most.text)
    return null;
  const copy: RecipeExtension = { oid: usage.oid, critical: usage.critical, der: Buffer.from(usage.value).toString('hex') };
  return { name: 'malformed', change: { keyUsage: null, extensions: [copy] } };
};

/** What OpenSSL 3 processes (X509_supported_extension); another critical extension makes it refuse, RFC 5280 section 4.2. */
const knownExtensions = ['14', '15', '17', '19', '30', '31', '32', '33', '35', '36', '37', '54'].map((arc) => `2.5.29.${arc}`);

const strengthDefects = (leaf: CertificateFacts, extensions: readonly DerExtension[], error: string | null): Defect[] => {
  const found: Defect[] = [];
  // OpenSSL does not judge the signature of a self-signed certificate.
  if (/^(md5|sha1)|SHA1$/.test(leaf.signature) && !leaf.selfSigned) found.push({ name: 'weak-signature', change: { signature: 'sha1' } });
  if (leaf.keyType === 'rsa' && leaf.keyBits < 2048) found.push({ name: 'weak-key', change: { key: 'rsa-1024' } });
  if (error === 'CERT_SIGNATURE_FAILURE') found.push({ name: 'malformed', change: { signature: 'broken' } });
  const unknown = extensions.filter(({ oid, critical }) => critical && !knownExtensions.includes(oid) && isOid(oid));
  if (error !== null && unknown.length > 0) {
    // Only its name counts, so a NULL stands for what it says.
    const copies: RecipeExtension[] = unknown.slice(0, 4).map(({ oid }) => ({ oid, critical: true, der: '0500' }));
    found.push({ name: 'malformed', change: { extensions: copies } });
  }
  return found;
};

const impossible = (why: string, defects: readonly string[] = []): MirrorPlan => ({ possible: false, defects, why });

/**
 * An answer about the server's certificate would be about another than ours, so one of ours says the same. It is mirrored where clients believe it:
 * signed by the issuer, and not out of date.
 */
const revocation = ({ staple, ocsp, now }: MirrorFacts): RevocationReason | null => {
  if (staple !== 'revoked' || !ocsp || ocsp.verified === false) return null;
  if (ocsp.nextUpdate !== null && Date.parse(ocsp.nextUpdate) < now) return null;
  return ocsp.reason !== null && isReason(ocsp.reason) ? ocsp.reason : 'unspecified';
};

/** A certificate that must come with an OCSP answer, and came without: RFC 7633 section 4.2.3. */
const stapleDefect = ({ mustStaple }: CertificateFacts, extensions: readonly DerExtension[], staple: Staple | undefined): Defect | null => {
  const feature = extensions.find(({ oid }) => oid === tlsFeature);
  if (!mustStaple || staple !== 'none' || !feature || feature.value.length > most.text) return null;
  const copy: RecipeExtension = { oid: tlsFeature, critical: false, der: Buffer.from(feature.value).toString('hex') };
  return { name: 'stapling', change: { extensions: [copy] } };
};

const isReason = (word: string): word is RevocationReason => Object.hasOwn(revocationReasons, word);

/** Years that X.509 can write, RFC 5280 section 4.1.2.5. */
const isWritable = (time: string): boolean => /^\d{4}-/.test(time);

/**
 * The leaf that shows a client the defects of a server's certificate, all of them: when several hold, clients differ in which one they name.
 * Pure. With no error it still tells what only some clients refuse: no subjectAltName, a weak key, a leaf that claims to be an authority.
 */
export const planMirror = (facts: MirrorFacts): MirrorPlan => {
  const { chain, error, now } = facts;
  const [leaf] = chain;
  if (!leaf) return impossible('The server presented no certificate that can be read.');
  let certificate: X509Certificate;
  const der = Buffer.from(leaf.der, 'base64');
  try {
    certificate = new X509Certificate(der);
  } catch {
    return impossible("The server's certificate cannot be read.");
  }
  const late = timeDefect(leaf, now);
  if (late && !(isWritable(leaf.notBefore) && isWritable(leaf.notAfter)))
    return impossible("The dates of the server's certificate cannot be copied.");
  const extensions = extensionsOf(der);
  const time = late ? { name: late, change: { validity: validity(leaf) } } : issuerTimeDefect(facts);
  const broken = brokenUsage(extensions, error);
  // With both, the one that can be seen explains the error.
  const issuer = broken && error === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' ? null : issuerDefect(leaf, facts);
  const revoked = revocation(facts);
  const unstapled = stapleDefect(leaf, extensions, facts.staple);
  const defects: Defect[] = [
    // OpenSSL looks for the signer of the answer among what is sent.
    ...(revoked ? [{ name: 'revoked', change: { issuer: 'intermediate' } } satisfies Defect] : []),
    ...(unstapled ? [unstapled] : []),
    ...(time ? [time] : []),
    ...(issuer ? [issuer] : []),
    ...(broken ? [broken] : []),
    ...nameDefects(leaf, certificate, facts),
    ...purposeDefects(leaf, extensions, error),
    ...strengthDefects(leaf, extensions, error),
  ];
  const names = [...new Set(defects.map(({ name }) => name))];
  if (error !== null && !explanations[error]?.some((name) => names.includes(name))) {
    return impossible(`No certificate of ours can show the client what ${error} says of the server's.`, names);
  }
  return {
    possible: true,
    defects: names,
    recipe: Object.assign({}, soundShape, ...defects.map(({ change }) => change)),
    ...(revoked && { revoked }),
  };
};
