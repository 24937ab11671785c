import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, createAuthority } from '../../src/authority/authority.js';
import { openVault } from '../../src/authority/vault.js';
import { Problem } from '../../src/model/problem.js';
import { ask, clock, host, newAuthority, temporaryFolder } from './support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await newAuthority(join(folder.path, 'ca'));
});
afterAll(() => folder.remove());

const certificateOf = async (name: string, recipe = 'good') =>
  new X509Certificate((await authority.leaf({ host: name, recipe })).serverOptions.cert);
const spkiPinOf = async (path: string): Promise<string | undefined> => {
  const shell = `openssl x509 -in '${path}' -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64`;
  return (await ask('sh', ['-c', shell]))?.out.trim();
};

describe('a leaf', () => {
  it.each(['app.test', 'LOUD.Example', 'my_service', 'xn--bcher-kva.example', `${'a.'.repeat(120)}example`])(
    'is made for the host %s',
    async (name) => {
      const certificate = await certificateOf(name);
      expect(certificate.checkHost(name.toLowerCase(), { subject: 'never' })).toBe(name.toLowerCase());
      expect(certificate.verify(new X509Certificate(authority.caPem).publicKey)).toBe(true);
    },
  );

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['[2001:DB8:0:0::1]', '2001:db8::1'],
  ])('for the address %s carries an iPAddress and no dNSName', async (name, address) => {
    const certificate = await certificateOf(name);
    expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.subjectAltName).toMatch(/^IP Address:/);
  });

  it.each([
    '',
    '*',
    '*.example.com',
    'a b',
    'a\0b',
    'a..b',
    '-a',
    `${'a'.repeat(64)}.test`,
    'a.'.repeat(150),
    'fe80::1%eth0',
    'http://a',
    'bücher.example',
  ])('is refused for %j, which is no host', async (name) => {
    await expect(authority.leaf({ host: name, recipe: 'good' })).rejects.toThrow(Problem);
  });

  it('is refused for a recipe that does not exist', async () => {
    await expect(authority.leaf({ host, recipe: 'none' })).rejects.toMatchObject({
      code: 'SHK_RECIPE',
      advice: expect.stringContaining('expired'),
    });
  });

  it('lives a week, two days of it in the past', async () => {
    const { validFrom, validTo } = await certificateOf(host);
    const days = (time: string) => (Date.parse(time) - Date.now()) / 86_400_000;
    expect(days(validFrom)).toBeCloseTo(-2, 1);
    expect(days(validTo)).toBeCloseTo(5, 1);
  });

  it('is minted once however many ask at the same time, under any case of the name', async () => {
    const [first, ...others] = await Promise.all(
      ['once.test', 'once.test', 'ONCE.test.'].map((name) => authority.leaf({ host: name, recipe: 'good' })),
    );
    for (const other of others) expect(other).toBe(first);
  });

  it('is minted anew after a day', async () => {
    let now = Date.now();
    const aging = createAuthority(await openVault({ dir: join(folder.path, 'ca'), clock }), { clock: { now: () => now } });
    const serial = async (name: string) => (await aging.leaf({ host: name, recipe: 'good' })).chain[0]?.serial;
    const first = await serial('a.test');
    now += 23 * 3_600_000;
    expect(await serial('a.test')).toBe(first);
    now += 2 * 3_600_000;
    expect(await serial('a.test')).not.toBe(first);
  });
});

describe('keys and pins', () => {
  it('all sound leaves of a run share one key, and its pin is the one that Chromium wants', async () => {
    const file = join(folder.path, 'leaf.pem');
    await writeFile(file, (await authority.leaf({ host: 'one.test', recipe: 'good' })).serverOptions.cert);
    if (!(await ask('openssl', ['version']))) return console.log('skipped: no openssl here');
    expect(await spkiPinOf(file)).toBe(authority.leafSpkiPin);
    expect(await spkiPinOf(authority.caPath)).toBe(authority.spkiPin);
  });

  it('no bad leaf has the key of the sound ones, for a pin would forgive it', async () => {
    const sound = (await certificateOf(host)).publicKey;
    for (const recipe of authority.recipes.values()) {
      const same = (await certificateOf(host, recipe.id)).publicKey.equals(sound);
      expect({ id: recipe.id, same }).toEqual({ id: recipe.id, same: recipe.expects === null && recipe.key === 'ec-p256' });
    }
  });

  it('two runs have two leaf keys', async () => {
    const other = await newAuthority(join(folder.path, 'ca'));
    expect(other.leafSpkiPin).not.toBe(authority.leafSpkiPin);
    expect(other.fingerprint).toBe(authority.fingerprint);
  });
});

describe('minting', () => {
  it('costs a few milliseconds of CPU a leaf, context and facts included', async () => {
    await authority.leaf({ host: 'warm.test', recipe: 'good' });
    const before = process.cpuUsage();
    for (let i = 0; i < 200; i += 1) await authority.leaf({ host: `cpu-${i}.test`, recipe: 'good' });
    const { user, system } = process.cpuUsage(before);
    const each = (user + system) / 1000 / 200;
    console.log(`${each.toFixed(2)} ms CPU a leaf`);
    // forge's own RSA takes 35 ms for the signature alone.
    expect(each).toBeLessThan(15);
  });
});
