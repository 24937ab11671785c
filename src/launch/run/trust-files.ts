import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { type Environment, type LaunchFacts, replacingVariables } from './environment.js';
import { javaStore } from './java-store.js';

/** Where systems keep their roots in one PEM file. */
export const systemBundles = [
  // Debian, Ubuntu, Arch, Gentoo
  '/etc/ssl/certs/ca-certificates.crt',
  // Fedora, RHEL
  '/etc/pki/tls/certs/ca-bundle.crt',
  // openSUSE
  '/etc/ssl/ca-bundle.pem',
  // Alpine, macOS, the BSDs
  '/etc/ssl/cert.pem',
];

type Read = (path: string) => string | null;

const readText: Read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A variable may name a file that is not there; the client would complain of it and go on, or not use it at all.
    return null;
  }
};

const certificatesIn = (text: string): readonly string[] => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
const bundleOf = (pems: Iterable<string>): string => `${[...new Set(pems)].join('\n')}\n`;

/** The roots that the command would go by without shakedown, PEM: those of its variables, else the system's, else Node's. */
export const inheritedRoots = (env: Environment, read: Read = readText): readonly string[] => {
  const own = [...new Set(replacingVariables.flatMap((name) => env[name] || []))].flatMap((path) => certificatesIn(read(path) ?? ''));
  if (own.length > 0) return own;
  for (const path of systemBundles) {
    const found = certificatesIn(read(path) ?? '');
    if (found.length > 0) return found;
  }
  return rootCertificates;
};

/** Writes what makes a command trust the authority beside what it trusts already into a private folder. `nowMs` is milliseconds since the epoch. */
export const writeTrustFiles = (
  folder: string,
  { caPem, env, nowMs }: { readonly caPem: string; readonly env: Environment; readonly nowMs: number },
): Pick<LaunchFacts, 'bundle' | 'extra' | 'javaStore'> => {
  const paths = { bundle: join(folder, 'roots.pem'), extra: join(folder, 'extra.pem'), javaStore: join(folder, 'roots.jks') };
  const ours = certificatesIn(caPem);
  const roots = inheritedRoots(env);
  const extra = env.NODE_EXTRA_CA_CERTS ? certificatesIn(readText(env.NODE_EXTRA_CA_CERTS) ?? '') : [];
  writeFileSync(paths.bundle, bundleOf([...roots, ...ours]));
  writeFileSync(paths.extra, bundleOf([...extra, ...ours]));
  writeFileSync(paths.javaStore, javaStore([...new Set([...ours, ...roots])].flatMap(derOf), nowMs));
  return paths;
};

/** Java refuses a whole store for one entry that is no DER. Decoded by hand: X509Certificate takes a quarter of a second for a system's roots. */
const derOf = (pem: string): readonly Uint8Array[] => {
  const der = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  // A SEQUENCE with a length of two octets that fits: every certificate is over 255 bytes and under 64 KiB.
  return der[0] === 0x30 && der[1] === 0x82 && der.readUInt16BE(2) === der.length - 4 ? [der] : [];
};
