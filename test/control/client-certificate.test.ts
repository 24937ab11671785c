import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../src/authority/authority.js';
import { openVault } from '../../src/authority/vault.js';
import { loadClientCertificate } from '../../src/control/client-certificate.js';
import { Problem } from '../../src/model/problem.js';
import { findProgram } from '../support/find.js';

const openssl = findProgram('openssl');
const clock = { now: () => Date.now() };
const folder = mkdtempSync(join(tmpdir(), 'shakedown-client-certificate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const file = (name: string, text: string | Uint8Array): string => {
  writeFileSync(at(name), text);
  return at(name);
};
const load = (cert: string, key: string | null, passphrase?: string) => loadClientCertificate({ host: '*', cert, key }, passphrase);
const refusal = (cert: string, key: string | null, passphrase?: string): { readonly message: string; readonly advice: string } => {
  try {
    load(cert, key, passphrase);
  } catch (error) {
    if (error instanceof Problem && error.code === 'SHK_USAGE') return error;
    throw error;
  }
  throw new Error('it was taken');
};

let certPem: string;
let keyPem: string;
beforeAll(async () => {
  const authority = createAuthority(await openVault({ dir: at('ca'), clock }), { clock });
  ({ certPem, keyPem } = authority.clientCertificate('alice'));
  file('alice.pem', certPem);
  file('alice.key', keyPem);
  file('both.pem', `${certPem}${keyPem}`);
  file('other.key', authority.clientCertificate('bob').keyPem);
  const encrypted = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });
  file('encrypted.key', encrypted.toString());
});

describe('the files of a client certificate', () => {
  it('are a certificate and its key, or one file with both', () => {
    expect(load(at('alice.pem'), at('alice.key')).facts.subject).toContain('CN=alice');
    expect(load(at('both.pem'), null).facts.subject).toContain('CN=alice');
  });

  it('may be encrypted when the passphrase is there', () => {
    expect(load(at('alice.pem'), at('encrypted.key'), 'secret').facts.subject).toContain('CN=alice');
    expect(refusal(at('alice.pem'), at('encrypted.key'))).toMatchObject({
      message: `--client-key: the key in ${at('encrypted.key')} is encrypted.`,
      advice: 'Set SHAKEDOWN_CLIENT_KEY_PASSPHRASE to its passphrase.',
    });
    expect(refusal(at('alice.pem'), at('encrypted.key'), 'wrong').message).toContain('does not open with the passphrase');
  });

  it('that cannot be used are refused with the reason', () => {
    expect(refusal(at('missing.pem'), null).message).toContain(`--client-cert: the file ${at('missing.pem')} cannot be read: ENOENT`);
    expect(refusal(at('alice.pem'), at('missing.key')).message).toContain(`--client-key: the file ${at('missing.key')} cannot be read`);
    expect(refusal(file('text.pem', 'hello'), null).message).toContain('holds no certificate in PEM form');
    expect(refusal(file('damaged.pem', certPem.replace(/[A-Za-z]{20}/, 'A'.repeat(20))), at('alice.key')).message).toMatch(
      /damaged\.pem cannot be used: |does not belong to the certificate/,
    );
    expect(refusal(at('alice.pem'), null)).toMatchObject({
      message: `--client-cert: ${at('alice.pem')} holds a certificate and no key.`,
      advice: 'Name its key: --client-key KEY.pem',
    });
    expect(refusal(at('alice.pem'), at('alice.pem')).message).toContain('holds no private key in PEM form');
    expect(refusal(at('alice.pem'), at('other.key')).message).toContain(
      `the key in ${at('other.key')} does not belong to the certificate in ${at('alice.pem')} (subject O=shakedown, CN=alice)`,
    );
    const damagedKey = file('damaged.key', keyPem.replace(/\n[\s\S]*\n-----END/, '\nAAAA\n-----END'));
    expect(refusal(at('alice.pem'), damagedKey).message).toContain(`the key in ${damagedKey} cannot be read`);
  });

  it('that are no PKCS #12 although their name says so are refused', () => {
    expect(refusal(file('text.p12', 'hello'), null).message).toContain('cannot be read as a PKCS #12 file');
  });

  it.skipIf('missing' in openssl)('may be PKCS #12, encrypted or not, and not with a key beside it', () => {
    const make = (name: string, passphrase: string, ...more: string[]): string => {
      const args = ['pkcs12', '-export', '-in', at('alice.pem'), '-inkey', at('alice.key'), '-passout', `pass:${passphrase}`, ...more];
      const { status, stderr } = spawnSync('path' in openssl ? openssl.path : '', [...args, '-out', at(name)], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return at(name);
    };
    const locked = make('locked.p12', 'secret');
    expect(load(locked, null, 'secret').facts.subject).toContain('CN=alice');
    expect(load(make('open.pfx', ''), null).facts.subject).toContain('CN=alice');
    expect(refusal(locked, null)).toMatchObject({
      message: `--client-cert: the PKCS #12 file ${locked} is encrypted.`,
      advice: 'Set SHAKEDOWN_CLIENT_KEY_PASSPHRASE to its passphrase.',
    });
    expect(refusal(locked, null, 'wrong').message).toContain('does not open with the passphrase in SHAKEDOWN_CLIENT_KEY_PASSPHRASE');
    expect(refusal(locked, at('alice.key'), 'secret').message).toContain('is one too many');
  });
});
