import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { javaStore } from '../../../src/launch/run/java-store.js';
import { inheritedRoots, writeTrustFiles } from '../../../src/launch/run/trust-files.js';
import { findProgram } from '../../support/find.js';

const folder = mkdtempSync(join(tmpdir(), 'shakedown-trust-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [one = '', two = '', three = ''] = rootCertificates;
const reading = (files: Readonly<Record<string, string>>) => (path: string) => files[path] ?? null;
const keytool = findProgram('keytool');

describe('the roots that a command goes by without shakedown', () => {
  it.each([
    ['those of its variables, each once', { SSL_CERT_FILE: '/a', PIP_CERT: '/b' }, { '/a': one, '/b': `${one}\n${two}` }, [one, one, two]],
    ["the system's: Debian", {}, { '/etc/ssl/certs/ca-certificates.crt': `# a name\n${one}\n${two}` }, [one, two]],
    ["the system's: Fedora", {}, { '/etc/pki/tls/certs/ca-bundle.crt': one }, [one]],
    ["the system's: Alpine, macOS", {}, { '/etc/ssl/cert.pem': two }, [two]],
    ["the system's where a variable names no file", { SSL_CERT_FILE: '/gone' }, { '/etc/ssl/cert.pem': two }, [two]],
    ["Node's, where there is no file: Windows", {}, {}, rootCertificates],
  ])('are %s', (_name, env, files, roots) => {
    expect(inheritedRoots(env, reading(files))).toEqual(roots);
  });
});

describe('the files of a launched command', () => {
  writeFileSync(join(folder, 'mine.pem'), `${one}\n${two}\n`);
  const env = { SSL_CERT_FILE: join(folder, 'mine.pem'), NODE_EXTRA_CA_CERTS: join(folder, 'mine.pem') };
  const files = writeTrustFiles(folder, { caPem: `${three}\n`, env, nowMs: 0 });

  it('hold what was trusted and the authority', () => {
    for (const path of [files.bundle, files.extra]) expect(readFileSync(path, 'utf8')).toBe(`${one}\n${two}\n${three}\n`);
  });

  it('hold the authority alone for Node when nothing was added before', () => {
    const { extra } = writeTrustFiles(folder, { caPem: three, env: {}, nowMs: 0 });
    expect(readFileSync(extra, 'utf8')).toBe(`${three}\n`);
  });

  it.skipIf('missing' in keytool)('are read by Java', () => {
    const { javaStore: path } = writeTrustFiles(folder, { caPem: three, env, nowMs: 0 });
    const listed = execFileSync('path' in keytool ? keytool.path : '', ['-list', '-v', '-keystore', path, '-storepass', 'changeit'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(listed).toMatch(/contains 3 entries/);
    expect(listed).toContain(new X509Certificate(three).fingerprint256);
    expect(listed.match(/trustedCertEntry/g)).toHaveLength(3);
  });
});

it('a Java key store is what JavaKeyStore reads: magic, version, entries, and a digest of it all with the password', () => {
  const store = javaStore([Buffer.from([1, 2, 3])], 0x0102030405);
  const entry = '00000002 0006 726f6f742d30 0000000102030405 0005 582e353039 00000003 010203';
  expect(store.subarray(0, -20).toString('hex')).toBe(`feedfeed 00000002 00000001 ${entry}`.replaceAll(' ', ''));
  expect(store).toHaveLength(store.subarray(0, -20).length + 20);
});
