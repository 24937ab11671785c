import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAnchored } from '../../src/authority/anchor.js';
import type { Authority, Leaf } from '../../src/authority/authority.js';
import { type MirrorPlan, planMirror } from '../../src/authority/mirror.js';
import { type LeafShape, soundShape } from '../../src/authority/recipe.js';
import { loadRecipes } from '../../src/authority/recipes.js';
import type { CertificateFacts } from '../../src/model/tls-facts.js';
import { ask, clock, host, newAuthority, serving, temporaryFolder, type Visit, visitAs } from './support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** The world's authority, which clients trust before shakedown comes. */
let world: Authority;
/** Shakedown's own. */
let ours: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  world = await newAuthority(join(folder.path, 'world'));
  ours = await newAuthority(join(folder.path, 'ours'));
});
afterAll(() => folder.remove());

const openssl = async (leaf: Leaf, trusted: Authority): Promise<string> => {
  const args = (port: number) => ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', host, '-verify_hostname', host];
  const trust = ['-CAfile', trusted.caPath, '-no-CApath', '-no-CAstore', '-verify_return_error', '-cipher', 'DEFAULT@SECLEVEL=2'];
  const said = await serving(leaf.serverOptions, (port) => ask('openssl', [...args(port), ...trust]));
  return /verify error:(num=\d+)/.exec(said?.out ?? '')?.[1] ?? 'accepted';
};

/** The server's leaf, what a client makes of it directly, and what it makes of the mirrored one. */
const throughUs = async (leaf: Leaf): Promise<{ direct: Visit; plan: MirrorPlan; mirrored: Visit; leaf: Leaf }> => {
  const direct = await serving(leaf.serverOptions, (port) => visitAs({ port, trusts: [world.caPem] }));
  const { chain, error } = direct;
  const plan = planMirror({ chain, error, host, now: clock.now(), anchored: isAnchored(chain, [world.caPem]) });
  if (!plan.possible) throw new Error(plan.why);
  const shown = await ours.mirrorLeaf({ host, mirror: plan });
  const mirrored = await serving(shown.serverOptions, (port) => visitAs({ port, trusts: [ours.caPem] }));
  return { direct, plan, mirrored, leaf: shown };
};

const worldLeaf = (change: Partial<LeafShape>): Promise<Leaf> =>
  world.mirrorLeaf({ host, mirror: { possible: true, defects: ['made on purpose'], recipe: { ...soundShape, ...change } } });

describe('a client of a server with a bad certificate', () => {
  // What is stapled is no part of the certificate: staple-facts.test.ts looks at that.
  const bad = [...loadRecipes().values()].filter(({ expects, revoked }) => expects !== null && !revoked);

  it.each(bad.map(({ id, expects }) => ({ id, expects })))('sees the same defect through us: $id', async ({ id, expects }) => {
    const { direct, plan, mirrored } = await throughUs(await world.leaf({ host, recipe: id }));
    expect(mirrored.error).toBe(direct.error);
    // Only the leaf is sent in both cases, and no byte of it tells a missing intermediate from an unknown authority.
    const named = id === 'missing-intermediate' ? 'certificate.unknown-ca' : expects;
    expect(plan.defects.map((name) => `certificate.${name}`)).toContain(named);
  });

  const late = { fromDays: -9, toDays: -1 };
  const clientOnly = { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] };
  const combinations: readonly [defects: readonly string[], change: Partial<LeafShape>][] = [
    [['expired', 'self-signed'], { issuer: 'self', validity: late }],
    [['expired', 'unknown-ca'], { issuer: 'unknown-ca', validity: late }],
    [['expired', 'unknown-ca'], { issuer: 'unknown-root', validity: late }],
    [['unknown-ca'], { issuer: 'unknown-intermediate' }],
    [['expired', 'name-mismatch'], { names: ['other.test', '10.0.0.1', '*.wild.test'], validity: late }],
    [['self-signed', 'name-mismatch'], { issuer: 'self', names: ['other.test'] }],
    [['self-signed', 'wrong-purpose'], { issuer: 'self', ...clientOnly }],
    [['unknown-ca', 'weak-signature'], { issuer: 'unknown-ca', signature: 'sha1' }],
    [
      ['not-yet-valid', 'unknown-ca', 'name-mismatch'],
      { issuer: 'unknown-root', names: ['other.test'], validity: { fromDays: 1, toDays: 2 } },
    ],
    [['self-signed', 'weak-key'], { issuer: 'self', key: 'rsa-1024' }],
    [['name-mismatch', 'no-san'], { names: 'none', commonName: 'other.test' }],
    [['expired', 'wrong-purpose'], { validity: late, keyUsage: ['cRLSign'] }],
    [['expired', 'unknown-ca'], { issuer: 'unknown-root', issuerValidity: late }],
    [['self-signed'], { issuer: 'self', ca: true, keyUsage: null, extendedKeyUsage: null }],
  ];

  it.each(combinations)('sees all of %j at once, and OpenSSL names the same one first', async (defects, change) => {
    const server = await worldLeaf(change);
    const { direct, plan, mirrored, leaf } = await throughUs(server);
    expect(plan.defects).toEqual(defects);
    expect(mirrored.error).toBe(direct.error);
    if (await ask('openssl', ['version'])) expect(await openssl(leaf, ours)).toBe(await openssl(server, world));
  });

  it("sees the server's own dates, names and issuer", async () => {
    const names = ['other.test', '*.wild.test', '10.0.0.1', '2001:db8::1'];
    const server = await worldLeaf({
      issuer: 'unknown-ca',
      issuerName: 'Corporate Root G2',
      names,
      validity: { from: '2001-02-03T04:05:06.000Z', to: '2002-01-01T00:00:00.000Z' },
    });
    const { mirrored } = await throughUs(server);
    expect(mirrored.chain[0]).toMatchObject({
      notBefore: '2001-02-03T04:05:06.000Z',
      notAfter: '2002-01-01T00:00:00.000Z',
      dnsNames: ['other.test', '*.wild.test'],
      ipAddresses: ['10.0.0.1', '2001:db8::1'],
      issuer: 'O=shakedown, CN=Corporate Root G2',
    });
  });
});

describe('a plan', () => {
  const now = Date.now();
  const factsOf = async (change: Partial<LeafShape>): Promise<CertificateFacts> => {
    const [leaf] = (await worldLeaf(change)).chain;
    if (!leaf) throw new Error('no leaf');
    return leaf;
  };

  it('has no defects for a sound certificate, and its leaf shares the key of the sound ones', async () => {
    const plan = planMirror({ chain: [await factsOf({})], error: null, host, now });
    expect(plan).toEqual({ possible: true, defects: [], recipe: soundShape });
  });

  it('tells what only some clients refuse when Node accepts it', async () => {
    const plan = async (change: Partial<LeafShape>) => planMirror({ chain: [await factsOf(change)], error: null, host, now }).defects;
    expect(await plan({ names: 'none' })).toEqual(['no-san']);
    expect(await plan({ key: 'rsa-1024' })).toEqual(['weak-key']);
    expect(await plan({ ca: true })).toEqual(['wrong-purpose']);
  });

  it('says incomplete when the certificate names a place to fetch its issuer from', async () => {
    // accessMethod caIssuers, accessLocation URI http://a.test/
    const der = `301c301a06082b06010505073002860e${Buffer.from('http://a.test/').toString('hex')}`;
    const leaf = await factsOf({ issuer: 'missing-intermediate', extensions: [{ oid: '1.3.6.1.5.5.7.1.1', critical: false, der }] });
    expect(leaf.caIssuers).toEqual(['http://a.test/']);
    const plan = planMirror({ chain: [leaf], error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', host, now });
    expect(plan.defects).toEqual(['incomplete-chain']);
  });

  it('copies at most 64 names, and none that is no name', async () => {
    const leaf = await factsOf({});
    const hostile = ['a\0b', 'bad host', '*', `${'x'.repeat(64)}.test`, ...Array.from({ length: 100 }, (_, i) => `${i}.test`)];
    const plan = planMirror({ chain: [{ ...leaf, dnsNames: hostile }], error: 'ERR_TLS_CERT_ALTNAME_INVALID', host, now });
    expect(plan).toMatchObject({ possible: true, recipe: { names: Array.from({ length: 64 }, (_, i) => `${i}.test`) } });
    const none = planMirror({ chain: [{ ...leaf, dnsNames: ['a\0b'] }], error: 'ERR_TLS_CERT_ALTNAME_INVALID', host, now });
    expect(none).toMatchObject({ possible: true, recipe: { names: ['not-copied.invalid'] } });
  });

  it("escapes and bounds an issuer's name", async () => {
    const leaf = await factsOf({ issuer: 'unknown-ca' });
    const issuer = `CN=\u001b[31m${'x'.repeat(100)}`;
    const plan = planMirror({ chain: [{ ...leaf, issuer }], error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', host, now });
    expect(plan).toMatchObject({ possible: true, recipe: { issuerName: `?[31m${'x'.repeat(59)}` } });
  });

  it.each(['CERT_REVOKED', 'PATH_LENGTH_EXCEEDED', 'INVALID_CA', 'HOSTNAME_MISMATCH_OF_TOMORROW'])(
    'is impossible for %s, with the reason',
    async (error) => {
      const plan = planMirror({ chain: [await factsOf({})], error, host, now });
      expect(plan).toEqual({ possible: false, defects: [], why: expect.stringContaining(error) });
    },
  );

  it('is impossible when the error is not what the certificate shows, or when there is none', async () => {
    expect(planMirror({ chain: [await factsOf({})], error: 'CERT_HAS_EXPIRED', host, now }).possible).toBe(false);
    expect(planMirror({ chain: [], error: 'CERT_HAS_EXPIRED', host, now }).possible).toBe(false);
    expect(planMirror({ chain: [{ ...(await factsOf({})), der: 'AAAA' }], error: 'CERT_HAS_EXPIRED', host, now }).possible).toBe(false);
  });
});

describe('an anchor', () => {
  it('is found for a leaf of a trusted authority, expired or not, and for one under an intermediate', async () => {
    for (const recipe of ['good', 'expired', 'intermediate', 'expired-intermediate', 'wrong-host', 'bad-signature']) {
      expect(isAnchored((await world.leaf({ host, recipe })).chain, [...rootCertificates, world.caPem]), recipe).toBe(true);
    }
  });

  it('is not found for strangers, and what cannot be read is passed over', async () => {
    for (const recipe of ['self-signed', 'unknown-ca', 'unknown-root', 'missing-intermediate']) {
      expect(isAnchored((await world.leaf({ host, recipe })).chain, [world.caPem, 'no PEM']), recipe).toBe(false);
    }
    expect(isAnchored((await world.leaf({ host, recipe: 'good' })).chain, rootCertificates)).toBe(false);
    expect(isAnchored([], [world.caPem])).toBe(false);
  });
});
