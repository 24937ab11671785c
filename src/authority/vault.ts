import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../model/clock.js';
import { Problem, sentenceOf } from '../model/problem.js';
import { distinguishedName, pemOf } from './build-certificate.js';
import { caCertificate, type Signer } from './ca-certificate.js';
import { subjectDer } from './der.js';
import { ecPair } from './keys.js';
import { withLock } from './lock.js';
import { caProblem, privateFolder, type Repairs, readPrivateFile, writePrivateFile } from './private-files.js';

const dayMs = 86_400_000;
/** Short, so that a key that leaks is soon worth nothing (threat: it can sign for the whole world). */
const lifeDays = 90;
const renewDays = 7;
/** For clients whose clock is slow. */
const backdatedDays = 2;

/** The authority on this user's disk. */
export interface Vault {
  /** Path of the certificate, PEM: what a client is told to trust. */
  readonly certPath: string;
  readonly certPem: string;
  readonly certificate: X509Certificate;
  readonly signer: Signer;
  /** Sentences for the user: what was made, renewed or repaired. */
  readonly notices: readonly string[];
}

export interface VaultPlace {
  /** The folder that holds `ca.pem` and `ca-key.pem`, made when it is missing. */
  readonly dir: string;
  readonly clock: Clock;
}

interface Paths {
  readonly cert: string;
  readonly key: string;
  readonly lock: string;
}

const pathsIn = (dir: string): Paths => ({ cert: join(dir, 'ca.pem'), key: join(dir, 'ca-key.pem'), lock: join(dir, 'ca.lock') });

const userAndMachine = (): string => {
  const machine = hostname();
  try {
    return `${userInfo().username}@${machine}`;
  } catch {
    // Containers run as users that no passwd file knows.
    return `user ${process.getuid?.() ?? ''}@${machine}`;
  }
};

/** RFC 5280 appendix A bounds names at 64 characters. */
const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);

const newCertificate = (privateKey: KeyObject, now: number): string => {
  // The number tells one authority from the next in a trust store, where several may stand under one user's name.
  const name = distinguishedName({
    organization: 'shakedown',
    unit: plain(userAndMachine()),
    commonName: `shakedown CA ${randomBytes(4).toString('hex')}`,
  });
  const root: Signer = { name, privateKey, publicKey: createPublicKey(privateKey) };
  // A path length of 1, for the recipes under an intermediate: a client that is sent the missing certificate must accept the chain.
  const notBefore = now - backdatedDays * dayMs;
  return pemOf(caCertificate({ subject: root, issuer: root, notBefore, notAfter: now + lifeDays * dayMs, pathLength: 1 }));
};

const readKey = (pem: string, path: string): KeyObject => {
  try {
    return createPrivateKey(pem);
  } catch (thrown) {
    const advice = `Move ${path} and the ca.pem beside it away; the next start makes a new authority, which clients must then be told to trust.`;
    throw caProblem(`The authority's key ${path} is damaged: ${sentenceOf(thrown)}.`, advice, thrown);
  }
};

const damagedCertificate = (path: string, why: string) =>
  caProblem(
    `The authority's certificate ${path} ${why}.`,
    `Move ${path} away; the next start makes a new one for the same key, which clients must then be told to trust.`,
  );

/** The authority as it stands on the disk; null when it is not there, or only its key is. */
const read = async (paths: Paths, repairs: Repairs): Promise<Omit<Vault, 'notices'> | null> => {
  const keyPem = await readPrivateFile(paths.key, { secret: true, repairs });
  const certPem = await readPrivateFile(paths.cert, { secret: false, repairs });
  if (keyPem === null && certPem !== null) {
    const advice = `Put the key back, or move ${paths.cert} away; the next start then makes a new authority.`;
    throw caProblem(`The authority's key ${paths.key} is missing, and its certificate is there.`, advice);
  }
  const privateKey = keyPem === null ? null : readKey(keyPem, paths.key);
  if (privateKey === null || certPem === null) return null;
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(certPem);
  } catch (thrown) {
    throw damagedCertificate(paths.cert, `is damaged: ${sentenceOf(thrown)}`);
  }
  const name = subjectDer(certificate.raw);
  if (!name || !certificate.ca) throw damagedCertificate(paths.cert, 'is not the certificate of an authority');
  if (!certificate.checkPrivateKey(privateKey)) throw damagedCertificate(paths.cert, `does not belong to the key ${paths.key}`);
  return { certPath: paths.cert, certPem, certificate, signer: { name, privateKey, publicKey: createPublicKey(privateKey) } };
};

const daysLeft = (vault: Pick<Vault, 'certificate'>, clock: Clock): number => (Date.parse(vault.certificate.validTo) - clock.now()) / dayMs;

/** `ca-retired-2026-11-22-1a2b3c4d.pem`: the day of its retirement, and the start of its fingerprint. */
const retiredName = /^ca-retired-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.pem$/;

/** Keeps a certificate that is about to be replaced, so that it can still be taken out of trust stores. Its key is not kept. */
const retire = async (paths: Paths, clock: Clock): Promise<string | null> => {
  const certPem = await readPrivateFile(paths.cert, { secret: false, repairs: [] });
  if (certPem === null) return null;
  try {
    const { fingerprint256 } = new X509Certificate(certPem);
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const name = `ca-retired-${day}-${fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase()}.pem`;
    const path = join(dirname(paths.cert), name);
    await writePrivateFile(path, certPem, 0o644);
    return path;
  } catch (thrown) {
    // What is no certificate is in no trust store.
    if (thrown instanceof Problem) throw thrown;
    return null;
  }
};

/** The certificates that stood in this folder before. */
export const retiredCertificates = async (dir: string): Promise<readonly { readonly path: string; readonly certPem: string }[]> => {
  const names = await readdir(dir).catch(() => []);
  const found = [];
  for (const name of names.filter((one) => retiredName.test(one)).sort()) {
    const path = join(dir, name);
    const certPem = await readPrivateFile(path, { secret: false, repairs: [] });
    if (certPem !== null) found.push({ path, certPem });
  }
  return found;
};

/**
 * A new key and certificate in place of the old ones. The certificate goes first and comes last: whoever is interrupted in between leaves
 * a key without a certificate, which the next start completes, and never a pair that does not match. Returns where the old certificate is kept.
 */
const replace = async (paths: Paths, clock: Clock): Promise<string | null> => {
  const kept = await retire(paths, clock);
  await unlink(paths.cert).catch(() => undefined);
  const { privateKey } = ecPair();
  await writePrivateFile(paths.key, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  await writePrivateFile(paths.cert, newCertificate(privateKey, clock.now()), 0o644);
  return kept;
};

/** Makes, completes or renews what is on the disk; only under the lock. */
const mend = async (paths: Paths, clock: Clock, notices: string[]): Promise<Omit<Vault, 'notices'>> => {
  const known = await read(paths, notices);
  if (known && daysLeft(known, clock) >= renewDays) return known;
  const keyPem = known ? null : await readPrivateFile(paths.key, { secret: true, repairs: notices });
  if (keyPem === null) await replace(paths, clock);
  else await writePrivateFile(paths.cert, newCertificate(readKey(keyPem, paths.key), clock.now()), 0o644);
  notices.push(
    known
      ? `The authority was to expire on ${new Date(known.certificate.validTo).toISOString().slice(0, 10)} and was renewed: clients must be told to trust ${paths.cert} again.`
      : `A local certificate authority was made for ${lifeDays} days; clients must be told to trust ${paths.cert}.`,
  );
  const made = await read(paths, notices);
  if (!made) throw caProblem(`${paths.cert} vanished while it was made.`, 'Start again.');
  return made;
};

/**
 * Opens the authority in a folder; makes it on first use, renews it when under 7 of its 90 days remain. Twenty processes that start at once get the
 * same one. Throws a Problem SHK_CA that names the path when something there is damaged, a symbolic link, or another user's.
 */
export const openVault = async (place: VaultPlace): Promise<Vault> => {
  const notices: string[] = [];
  await privateFolder(place.dir, notices);
  const paths = pathsIn(place.dir);
  // Without the lock, a reader may meet the moment in which another process replaces the pair; the lock then shows who was right.
  const fresh = await read(paths, notices).catch(() => null);
  if (fresh && daysLeft(fresh, place.clock) >= renewDays) return { ...fresh, notices };
  const vault = await withLock(paths.lock, () => mend(paths, place.clock, notices));
  return { ...vault, notices };
};

/** The authority as it stands in a folder, nothing made or renewed; null when there is none yet. Throws a Problem SHK_CA as `openVault` does. */
export const peekVault = async (dir: string): Promise<Vault | null> => {
  const notices: string[] = [];
  const found = await lstat(dir).catch(() => null);
  if (!found) return null;
  await privateFolder(dir, notices);
  const known = await read(pathsIn(dir), notices);
  return known && { ...known, notices };
};

/** A sentence for the user about an authority that ends soon or has ended, or null. */
export const expiryWarning = ({ certificate }: Pick<Vault, 'certificate'>, clock: Clock): string | null => {
  const days = daysLeft({ certificate }, clock);
  if (days >= renewDays) return null;
  const day = new Date(certificate.validTo).toISOString().slice(0, 10);
  const when = days < 0 ? `ended on ${day}` : `ends on ${day}`;
  return `The authority ${when}. The next start makes a new one, which clients must then be told to trust; \`shakedown ca rotate\` does so now.`;
};

/** Makes a new authority in place of the one in the folder, whatever state that one is in. Throws a Problem SHK_CA. */
export const rotateVault = async (place: VaultPlace): Promise<Vault> => {
  const notices: string[] = [];
  await privateFolder(place.dir, notices);
  const paths = pathsIn(place.dir);
  return withLock(paths.lock, async () => {
    const kept = await replace(paths, place.clock);
    if (kept !== null) notices.push(`The certificate of the authority before it is kept, without its key: ${kept}`);
    return { ...(await mend(paths, place.clock, notices)), notices };
  });
};
