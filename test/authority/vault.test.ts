import { execFile, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault, rotateVault } from '../../src/authority/vault.js';
import { ask, clock, temporaryFolder } from './support.js';

const dayMs = 86_400_000;
const later = (days: number) => ({ now: () => Date.now() + days * dayMs });
const posix = process.platform !== 'win32';
const root = resolve(import.meta.dirname, '../..');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let dir: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  dir = join(folder.path, 'data', 'ca');
});
afterEach(() => folder.remove());

/** The authority as JavaScript, for child processes: the built package, as in test/e2e. */
const built = (name: string): string => {
  const path = join(root, 'dist', 'authority', name);
  expect(existsSync(path), 'npm run build').toBe(true);
  return JSON.stringify(path);
};

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const cert = () => join(dir, 'ca.pem');
const key = () => join(dir, 'ca-key.pem');
const refused = (message: RegExp) => ({ code: 'SHK_CA', message: expect.stringMatching(message), advice: expect.stringMatching(/\w/) });

describe('the first start', () => {
  it('makes an authority that names user and machine, for ninety days, and says so', async () => {
    const vault = await openVault({ dir, clock });
    expect(vault.certificate.subject).toMatch(/^O=shakedown\nOU=\S+@\S+\nCN=shakedown CA [0-9a-f]{8}$/);
    expect((Date.parse(vault.certificate.validTo) - Date.now()) / dayMs).toBeCloseTo(90, 1);
    expect(vault.notices).toEqual([expect.stringContaining(cert())]);
    expect((await readdir(dir)).sort()).toEqual(['ca-key.pem', 'ca.pem']);
  });

  it('makes one that openssl reads as a CA that may sign certificates and nothing else', async () => {
    await openVault({ dir, clock });
    const read = await ask('openssl', ['x509', '-in', cert(), '-noout', '-text']);
    if (!read) return console.log('skipped: no openssl here');
    expect(read.out).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:1/);
    expect(read.out).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    expect(read.out).toContain('NIST CURVE: P-256');
  });

  it.runIf(posix)('leaves nothing that others can read, whatever the umask', async () => {
    // A worker thread may not change the umask, a process may.
    const script = `process.umask(0); const { openVault } = await import(${built('vault.js')});
      await openVault({ dir: ${JSON.stringify(dir)}, clock: { now: Date.now } });`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect([await modeOf(dir), await modeOf(key()), await modeOf(cert())]).toEqual(['700', '600', '644']);
  });

  it('gives two homes two keys', async () => {
    const [one, two] = await Promise.all([openVault({ dir, clock }), openVault({ dir: join(folder.path, 'other'), clock })]);
    expect(one.signer.publicKey.equals(two.signer.publicKey)).toBe(false);
  });
});

describe('the next start', () => {
  it('finds the same authority and has nothing to say', async () => {
    const first = await openVault({ dir, clock });
    const second = await openVault({ dir, clock: later(80) });
    expect(second.certPem).toBe(first.certPem);
    expect(second.notices).toEqual([]);
  });

  it.each([84, 200])('renews it with a new key after %i days, and says so', async (days) => {
    const first = await openVault({ dir, clock });
    const second = await openVault({ dir, clock: later(days) });
    expect(second.signer.publicKey.equals(first.signer.publicKey)).toBe(false);
    expect(second.notices).toEqual([expect.stringContaining('was renewed')]);
    expect((await openVault({ dir, clock: later(days) })).certPem).toBe(second.certPem);
  });

  it('makes a certificate for a key that was left without one, as by a kill in between', async () => {
    const first = await openVault({ dir, clock });
    await rm(cert());
    const second = await openVault({ dir, clock });
    expect(second.signer.publicKey.equals(first.signer.publicKey)).toBe(true);
  });

  it('takes over the lock of a process that is gone', async () => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(dir, 'ca.lock'), `${pid} ${hostname()}`);
    await openVault({ dir, clock });
    expect((await readdir(dir)).sort()).toEqual(['ca-key.pem', 'ca.pem']);
  });

  it('rotates on demand, whatever was there', async () => {
    const first = await openVault({ dir, clock });
    await writeFile(key(), 'damaged');
    const second = await rotateVault({ dir, clock });
    expect(second.certificate.fingerprint256).not.toBe(first.certificate.fingerprint256);
    expect((await openVault({ dir, clock })).certPem).toBe(second.certPem);
  });
});

describe.runIf(posix)('wrong rights', () => {
  it('of a key that others can read are repaired and told', async () => {
    await openVault({ dir, clock });
    await chmod(key(), 0o644);
    const { notices } = await openVault({ dir, clock });
    expect(await modeOf(key())).toBe('600');
    expect(notices).toEqual([expect.stringMatching(/ca-key\.pem was open to other users \(mode 0644\); it is 0600 now/)]);
  });

  it('of a folder that was there with mode 0777 are repaired and told', async () => {
    await mkdir(dir, { recursive: true });
    await chmod(dir, 0o777);
    const { notices } = await openVault({ dir, clock });
    expect(await modeOf(dir)).toBe('700');
    expect(notices[0]).toMatch(/mode 0777.*0700 now/);
  });

  it.each(['', 'ca-key.pem', 'ca.pem'])('of another owner are refused (%j)', async (name) => {
    if (process.getuid?.() !== 0) return console.log('skipped: only root can give a file away');
    await openVault({ dir, clock });
    await chown(join(dir, name), 12_345, 12_345);
    await expect(openVault({ dir, clock })).rejects.toMatchObject(refused(/belongs to user 12345/));
  });
});

describe.runIf(posix)('a symbolic link', () => {
  it.each(['ca-key.pem', 'ca.pem', 'ca.lock'])('in place of %s is refused, and its target stays as it is', async (name) => {
    const target = join(folder.path, 'precious');
    await writeFile(target, 'precious', { mode: 0o644 });
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await symlink(target, join(dir, name));
    await expect(openVault({ dir, clock })).rejects.toMatchObject(refused(new RegExp(`${name.replace('.', '\\.')} is a symbolic link`)));
    expect([await readFile(target, 'utf8'), await modeOf(target)]).toEqual(['precious', '644']);
  });

  it('to nowhere is refused as well, and nothing is made where it points', async () => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await symlink(join(folder.path, 'nowhere'), key());
    await expect(openVault({ dir, clock })).rejects.toMatchObject(refused(/is a symbolic link/));
    expect(await readdir(folder.path)).not.toContain('nowhere');
  });

  it('in place of the folder is refused', async () => {
    const elsewhere = join(folder.path, 'elsewhere');
    await mkdir(elsewhere, { mode: 0o755 });
    await symlink(elsewhere, join(folder.path, 'link'));
    await expect(openVault({ dir: join(folder.path, 'link'), clock })).rejects.toMatchObject(refused(/link is a symbolic link/));
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

describe('a damaged authority', () => {
  it.each([
    ['ca-key.pem', 'garbage', /ca-key\.pem is damaged/],
    ['ca-key.pem', '', /ca-key\.pem is damaged/],
    ['ca.pem', 'garbage', /ca\.pem is damaged/],
    ['ca.pem', '', /ca\.pem is damaged/],
    ['ca.pem', 'x'.repeat(70_000), /ca\.pem is 70000 bytes long/],
  ])('is refused with the path when %s holds %.10j, and left as it is', async (name, text, message) => {
    await openVault({ dir, clock });
    await writeFile(join(dir, name), text);
    await expect(openVault({ dir, clock })).rejects.toMatchObject(refused(message));
    expect(await readFile(join(dir, name), 'utf8')).toBe(text);
  });

  it('is refused when key and certificate do not belong together, or the key is gone', async () => {
    const other = await openVault({ dir: join(folder.path, 'other'), clock });
    await openVault({ dir, clock });
    await writeFile(cert(), other.certPem);
    await expect(openVault({ dir, clock })).rejects.toMatchObject(refused(/does not belong to the key/));
    await rm(key());
    await expect(openVault({ dir, clock })).rejects.toMatchObject(refused(/ca-key\.pem is missing/));
  });

  it('is refused when a file stands in place of the folder', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    await expect(openVault({ dir: file, clock })).rejects.toMatchObject(refused(/file cannot be used/));
  });
});

describe('twenty processes that start at once', () => {
  it('make one authority, and each serves leaves that verify against it', async () => {
    const script = `
      const { openVault } = await import(${built('vault.js')});
      const { createAuthority } = await import(${built('authority.js')});
      const clock = { now: Date.now };
      const authority = createAuthority(await openVault({ dir: ${JSON.stringify(dir)}, clock }), { clock });
      const leaf = await authority.leaf({ host: 'app.test', recipe: 'good' });
      console.log(JSON.stringify({ ca: authority.caPem, leaf: leaf.serverOptions.cert }));`;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const runs = await Promise.all(Array.from({ length: 20 }, start));
    const said = runs.map(({ stdout }) => JSON.parse(stdout) as { ca: string; leaf: string });
    const onDisk = await readFile(cert(), 'utf8');
    const authority = new X509Certificate(onDisk);
    for (const { ca, leaf } of said) {
      expect(ca).toBe(onDisk);
      expect(new X509Certificate(leaf).verify(authority.publicKey)).toBe(true);
    }
    expect((await readdir(dir)).sort()).toEqual(['ca-key.pem', 'ca.pem']);
  }, 60_000);
});
