import { Problem } from '../model/problem.js';
import {
  authorityKeyIdentifier,
  buildCertificate,
  distinguishedName,
  extendedKeyUsage,
  pemOf,
  subjectKeyIdentifier,
} from './build-certificate.js';
import type { Signer } from './ca-certificate.js';
import { certificateName } from './host-name.js';
import { ecPair } from './keys.js';
import { purpose } from './recipe.js';

const dayMs = 86_400_000;
const lifeDays = 30;
/** For servers whose clock is slow. */
const backdatedDays = 2;
/** RFC 5280 appendix A, ub-common-name. */
const longestName = 64;

/** A client certificate with its key, for whoever is to authenticate with it. */
export interface ClientCertificate {
  /** PEM of the certificate; its issuer is the authority itself, so there is no chain. */
  readonly certPem: string;
  /** PEM (PKCS #8) of its key, which no other certificate shares. */
  readonly keyPem: string;
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

/** GeneralName of RFC 5280 section 4.2.1.6: what servers look at besides the common name. */
const alternativeName = (name: string): { readonly type: number; readonly value?: string; readonly ip?: string } | null => {
  if (/^[^\s@]+@[^\s@]+$/.test(name) && /^[\x21-\x7e]+$/.test(name)) return { type: 1, value: name };
  const host = certificateName(name);
  if (!host) return null;
  return host.type === 'ip' ? { type: 7, ip: host.value } : { type: 2, value: host.value };
};

/** Mints one. It ends when its authority does at the latest. Throws a Problem SHK_CA when the name is none. */
export const mintClientCertificate = (
  signer: Signer,
  { name, now, until }: { readonly name: string; readonly now: number; readonly until: number },
): ClientCertificate => {
  if (name.trim() === '' || name.length > longestName || /\p{Cc}/u.test(name)) {
    throw new Problem(
      'SHK_CA',
      `No client certificate can be made for ${JSON.stringify(name.slice(0, 80))}.`,
      `Take a name of 1 to ${longestName} characters, as alice, alice@example.test or worker.example.test.`,
    );
  }
  const { publicKey, privateKey } = ecPair();
  const notAfter = Math.min(now + lifeDays * dayMs, until);
  const other = alternativeName(name);
  const der = buildCertificate({
    subject: distinguishedName({ organization: 'shakedown', commonName: name }),
    issuer: signer.name,
    publicKey,
    signer: signer.privateKey,
    notBefore: now - backdatedDays * dayMs,
    notAfter,
    digest: 'sha256',
    extensions: [
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'keyUsage', critical: true, digitalSignature: true },
      extendedKeyUsage([purpose.client]),
      ...(other ? [{ name: 'subjectAltName', altNames: [other] }] : []),
      subjectKeyIdentifier(publicKey),
      authorityKeyIdentifier(signer.publicKey),
    ],
  });
  return { certPem: pemOf(der), keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), notAfter };
};
