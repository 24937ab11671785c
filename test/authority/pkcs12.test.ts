import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '../../src/authority/authority.js';
import { identityFile, trustStoreFile } from '../../src/authority/pkcs12.js';
import { ask, newAuthority, temporaryFolder } from './support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await newAuthority(join(folder.path, 'ca'));
});
afterAll(() => folder.remove());

const put = async (name: string, bytes: Buffer): Promise<string> => {
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  return path;
};

describe('a trust store file', () => {
  const write = () => put('trust.p12', trustStoreFile(authority.caPem, { name: 'shakedown', password: 'changeit' }));

  it('is read by openssl, and holds the certificate alone', async () => {
    const read = await ask('openssl', ['pkcs12', '-in', await write(), '-passin', 'pass:changeit', '-nodes']);
    if (!read) return console.log('skipped: no openssl here');
    expect(read.code).toBe(0);
    expect(read.out).toContain('friendlyName: shakedown');
    expect(read.out.replace(/\s/g, '')).toContain(authority.caPem.replace(/\s/g, ''));
    expect(read.out).not.toContain('PRIVATE KEY');
  });

  it('is refused with another password', async () => {
    const read = await ask('openssl', ['pkcs12', '-in', await write(), '-passin', 'pass:changeme', '-nodes']);
    if (!read) return console.log('skipped: no openssl here');
    expect(read.code).not.toBe(0);
    expect(read.out).toContain('invalid password');
  });

  it('is a trust anchor to Java', async () => {
    const read = await ask('keytool', ['-list', '-keystore', await write(), '-storepass', 'changeit']);
    if (!read) return console.log('skipped: no keytool here');
    expect(read.out).toMatch(/^shakedown, .*trustedCertEntry/m);
    expect(read.out).toContain(authority.fingerprint);
  });
});

describe('an identity file', () => {
  const write = () => {
    const identity = authority.clientCertificate('alice');
    const bytes = identityFile({ ...identity, caPem: authority.caPem }, { name: 'alice', password: 'se cret~' });
    return put('identity.p12', bytes).then((path) => ({ path, identity }));
  };

  it('gives openssl the key, the certificate and the authority back', async () => {
    const { path, identity } = await write();
    const read = await ask('openssl', ['pkcs12', '-in', path, '-passin', 'pass:se cret~', '-nodes']);
    if (!read) return console.log('skipped: no openssl here');
    const out = read.out.replace(/\s/g, '');
    for (const pem of [identity.certPem, identity.keyPem, authority.caPem]) expect(out).toContain(pem.replace(/\s/g, ''));
  });

  it('holds the key encrypted', async () => {
    const { path, identity } = await write();
    const read = await ask('openssl', ['pkcs12', '-in', path, '-passin', 'pass:se cret~', '-info', '-noout']);
    if (!read) return console.log('skipped: no openssl here');
    expect(read.out).toContain('AES-256-CBC');
    const secret = Buffer.from(createPrivateKey(identity.keyPem).export({ format: 'jwk' }).d ?? '', 'base64url');
    expect(secret.length).toBe(32);
    const bytes = identityFile({ ...identity, caPem: authority.caPem }, { name: 'alice', password: 'x' });
    expect(bytes.includes(secret)).toBe(false);
  });

  it('is a pair to Java', async () => {
    const { path } = await write();
    const read = await ask('keytool', ['-list', '-keystore', path, '-storepass', 'se cret~']);
    if (!read) return console.log('skipped: no keytool here');
    expect(read.out).toMatch(/^alice, .*PrivateKeyEntry/m);
  });
});
