import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { CertificateFacts } from '../model/tls-facts.js';

const parsed = new WeakMap<readonly string[], ReadonlyMap<string, readonly X509Certificate[]>>();

const nodesOwn: ReadonlySet<string> = new Set(rootCertificates);
const nodesRead = new Map<string, X509Certificate | null>();

/** Node's own roots stand in every store: they are read once a process. Null: unreadable, and such a root anchors nothing here either. */
const rootOf = (pem: string): X509Certificate | null => {
  const before = nodesRead.get(pem);
  if (before !== undefined) return before;
  let root: X509Certificate | null = null;
  try {
    root = new X509Certificate(pem);
  } catch {
    // A store may hold what this OpenSSL cannot read.
  }
  if (nodesOwn.has(pem)) nodesRead.set(pem, root);
  return root;
};

/** Roots by subject: a store has 150 of them, and one name is asked for. */
const bySubject = (roots: readonly string[]): ReadonlyMap<string, readonly X509Certificate[]> => {
  const known = parsed.get(roots);
  if (known) return known;
  const found = new Map<string, X509Certificate[]>();
  for (const pem of roots) {
    const root = rootOf(pem);
    if (root) found.set(root.subject, [...(found.get(root.subject) ?? []), root]);
  }
  parsed.set(roots, found);
  return found;
};

const readChain = (chain: readonly CertificateFacts[]): X509Certificate[] =>
  chain.map(({ der }) => new X509Certificate(Buffer.from(der, 'base64')));

/**
 * Whether a chain leads to one of the roots (PEM), dates and names aside. OpenSSL reports only the last thing that is wrong with a chain:
 * an expired certificate of an unknown authority is CERT_HAS_EXPIRED, as one of a known authority is. Never throws.
 */
export const isAnchored = (chain: readonly CertificateFacts[], roots: readonly string[]): boolean => {
  try {
    const trusted = bySubject(roots);
    const rest = readChain(chain);
    for (let current = rest.shift(); current; ) {
      const { subject, issuer, fingerprint256 } = current;
      if (trusted.get(subject)?.some((root) => root.fingerprint256 === fingerprint256)) return true;
      const child = current;
      // As OpenSSL looks for an issuer: by names and key identifiers. A signature that then fails is another error, not a missing issuer.
      if (trusted.get(issuer)?.some((root) => child.checkIssued(root))) return true;
      const next = rest.findIndex((candidate) => candidate.subject === issuer);
      current = next < 0 ? undefined : rest.splice(next, 1)[0];
    }
    return false;
  } catch {
    return false;
  }
};

const organization = (name: string): string => /(?:^|\n)O=(.+)/.exec(name)?.[1]?.trim().toLowerCase() ?? '';

/**
 * Whether the issuer at which the chain breaks off is of the same organization as one of the roots, and none of them itself: then it is the link
 * between the two that was not sent, rather than an authority that nobody knows. Never throws.
 */
export const isKin = (chain: readonly CertificateFacts[], roots: readonly string[]): boolean => {
  try {
    const last = readChain(chain).at(-1);
    if (!last || last.subject === last.issuer) return false;
    const trusted = bySubject(roots);
    const own = organization(last.issuer);
    return own !== '' && !trusted.has(last.issuer) && [...trusted.keys()].some((subject) => organization(subject) === own);
  } catch {
    return false;
  }
};
