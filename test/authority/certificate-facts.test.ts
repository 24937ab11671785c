import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Authority } from '../../src/authority/authority.js';
import { buildCertificate, distinguishedName } from '../../src/authority/build-certificate.js';
import { certificateFacts, chainFacts } from '../../src/authority/certificate-facts.js';
import { extensionsOf, signatureOid, subjectDer } from '../../src/authority/der.js';
import { ecPair } from '../../src/authority/keys.js';
import { host, newAuthority, temporaryFolder } from './support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await newAuthority(join(folder.path, 'ca'));
});
afterAll(() => folder.remove());

const derOf = async (recipe: string, name = host): Promise<Buffer> =>
  Buffer.from((await authority.leaf({ host: name, recipe })).chain[0]?.der ?? '', 'base64');

describe('the facts of a certificate', () => {
  it('are what it says', async () => {
    const [facts] = (await authority.leaf({ host, recipe: 'good' })).chain;
    expect(facts).toMatchObject({
      subject: `O=shakedown, CN=${host}`,
      issuer: expect.stringMatching(/^O=shakedown, OU=.+@.+, CN=shakedown CA /),
      serial: expect.stringMatching(/^[4-7][0-9A-F]{31}$/),
      notBefore: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      dnsNames: [host],
      ipAddresses: [],
      keyType: 'ec',
      keyBits: 256,
      signature: 'ecdsa-with-SHA256',
      isCa: false,
      selfSigned: false,
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
    expect(facts).not.toHaveProperty('caIssuers');
  });

  it.each([
    ['self-signed', { selfSigned: true }],
    ['sha1', { signature: 'ecdsa-with-SHA1' }],
    ['weak-key', { keyType: 'rsa', keyBits: 1024 }],
    ['no-eku', { extendedKeyUsage: null }],
    ['wrong-eku', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] }],
    ['ca-leaf', { isCa: true }],
    ['no-san', { dnsNames: [], ipAddresses: [] }],
    ['wrong-host', { dnsNames: ['wrong-host.invalid'] }],
  ])('of the recipe %s differ in %j', async (recipe, wanted) => {
    expect(certificateFacts(await derOf(recipe))).toMatchObject(wanted);
  });

  it('give IPv6 in its short form', async () => {
    expect(certificateFacts(await derOf('good', '2001:db8::1'))).toMatchObject({ dnsNames: [], ipAddresses: ['2001:db8::1'] });
  });

  it('of all public roots can be read, and name an algorithm that people know', () => {
    for (const pem of rootCertificates) {
      const { raw } = new X509Certificate(pem);
      const facts = certificateFacts(raw);
      expect(facts).toMatchObject({ selfSigned: true, isCa: true, signature: expect.stringMatching(/^(sha|ecdsa)/) });
      expect(facts?.keyBits).toBeGreaterThanOrEqual(256);
      expect(facts && Date.parse(facts.notAfter)).toBeGreaterThan(Date.parse(facts?.notBefore ?? ''));
    }
  });

  it('keep a hostile name whole, and apart from its neighbours', () => {
    const { privateKey, publicKey } = ecPair();
    const name = distinguishedName({ organization: 'x', commonName: 'a\nIssuer: b' });
    const names = ['evil.test, DNS:good.test', 'quote".test', 'nul\0.test', 'plain.test'];
    const extensions = [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }];
    const der = buildCertificate({
      subject: name,
      issuer: name,
      publicKey,
      signer: privateKey,
      notBefore: 0,
      notAfter: 1000,
      digest: 'sha256',
      extensions,
    });
    expect(certificateFacts(der)?.dnsNames).toEqual(names);
    expect(certificateFacts(der)?.subject).not.toContain('\n');
  });

  it('are null for what is no certificate and for what is too large', () => {
    expect(certificateFacts(Buffer.alloc(0))).toBeNull();
    expect(certificateFacts(Buffer.from('3003020101', 'hex'))).toBeNull();
    expect(certificateFacts(Buffer.alloc(65_537, 0x30))).toBeNull();
  });

  it('of a chain stop at ten', async () => {
    const der = await derOf('good');
    expect(chainFacts(Array.from({ length: 20 }, () => der))).toHaveLength(10);
  });
});

describe('hostile bytes', () => {
  it('never make a reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        certificateFacts(bytes);
        expect(signatureOid(bytes)).toBeTypeOf('string');
        expect(Array.isArray(extensionsOf(bytes))).toBe(true);
        subjectDer(bytes);
      }),
    );
  });

  it('in place of one byte of a certificate never make a reader throw', async () => {
    const der = await derOf('good');
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(der);
        changed[at] = byte;
        certificateFacts(changed);
        extensionsOf(changed);
        expect(signatureOid(changed)).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });

  it('nested sixty thousand deep, or of a false length, are refused at once', () => {
    const nested = Buffer.alloc(60_000);
    for (let at = 0; at + 4 <= nested.length; at += 4)
      nested.set([0x30, 0x82, (nested.length - at - 4) >> 8, (nested.length - at - 4) & 0xff], at);
    for (const bytes of [nested, Buffer.from('3084ffffffff', 'hex'), Buffer.from('3080', 'hex'), Buffer.from('30', 'hex')]) {
      expect(certificateFacts(bytes)).toBeNull();
      expect(signatureOid(bytes)).toBe('');
    }
  });
});

describe('a key in PEM', () => {
  it('is the one in the certificate', async () => {
    const { serverOptions } = await authority.leaf({ host, recipe: 'rsa' });
    const key = createPublicKey(createPrivateKey(serverOptions.key));
    expect(new X509Certificate(serverOptions.cert).publicKey.equals(key)).toBe(true);
  });
});
