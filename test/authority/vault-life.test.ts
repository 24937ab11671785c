import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expiryWarning, openVault, peekVault, retiredCertificates, rotateVault } from '../../src/authority/vault.js';
import { markUse, usersOf } from '../../src/authority/vault-use.js';
import { clock, temporaryFolder } from './support.js';

const dayMs = 86_400_000;
const later = (days: number) => ({ now: () => Date.now() + days * dayMs });
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let dir: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  dir = join(folder.path, 'ca');
});
afterEach(() => folder.remove());

describe('a look at the authority', () => {
  it('makes nothing where there is none', async () => {
    expect(await peekVault(dir)).toBeNull();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('shows the one that is there, and renews none that is about to end', async () => {
    const { certPem } = await openVault({ dir, clock });
    expect((await peekVault(dir))?.certPem).toBe(certPem);
    expect(await readFile(join(dir, 'ca.pem'), 'utf8')).toBe(certPem);
  });
});

describe('the warning of its end', () => {
  it.each([
    [80, null],
    [84, /^The authority ends on \d{4}-\d\d-\d\d\. .*ca rotate/],
    [200, /^The authority ended on /],
  ])('after %i days', async (days, text) => {
    const warning = expiryWarning(await openVault({ dir, clock }), later(days));
    if (text === null) expect(warning).toBeNull();
    else expect(warning).toMatch(text);
  });
});

describe('an authority that is replaced', () => {
  it.each([
    ['by hand', (now: typeof clock) => rotateVault({ dir, clock: now })],
    ['because it ends', () => openVault({ dir, clock: later(85) })],
  ])('%s leaves its certificate, and never its key', async (_, replace) => {
    const first = await openVault({ dir, clock });
    const key = await readFile(join(dir, 'ca-key.pem'), 'utf8');
    const second = await replace(clock);
    expect(second.certPem).not.toBe(first.certPem);
    const retired = await retiredCertificates(dir);
    expect(retired.map(({ certPem }) => certPem)).toEqual([first.certPem]);
    expect(retired[0]?.path).toMatch(/ca-retired-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.pem$/);
    for (const name of await readdir(dir)) expect(await readFile(join(dir, name), 'utf8'), name).not.toBe(key);
  });

  it('that is damaged leaves nothing, and is replaced all the same', async () => {
    await openVault({ dir, clock });
    await writeFile(join(dir, 'ca.pem'), 'garbage');
    await rotateVault({ dir, clock });
    expect(await retiredCertificates(dir)).toEqual([]);
  });
});

describe('who uses the authority', () => {
  it('is known from the mark until it is taken away', async () => {
    await openVault({ dir, clock });
    const unmark = await markUse(dir);
    expect(await usersOf(dir)).toEqual([`${process.pid} ${hostname()}`]);
    await unmark();
    expect(await usersOf(dir)).toEqual([]);
  });

  it('is not a process that is gone: its mark is cleared away', async () => {
    await openVault({ dir, clock });
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(dir, `in-use-${pid}-00112233`), `${pid} ${hostname()}`);
    await writeFile(join(dir, 'in-use-1-00112233'), '1 another-machine');
    expect(await usersOf(dir)).toEqual(['1 another-machine']);
    expect((await readdir(dir)).sort()).toEqual(['ca-key.pem', 'ca.pem', 'in-use-1-00112233']);
  });

  it('may be nobody that can be marked, and nothing fails', async () => {
    const unmark = await markUse(join(dir, 'nowhere'));
    await unmark();
  });
});

describe('a folder that cannot be made', () => {
  // Node's own recursive mkdir never comes back from there.
  it.runIf(process.platform === 'linux')('in /proc is a problem with its path', async () => {
    const problem = { code: 'SHK_CA', message: expect.stringContaining('/proc/shakedown/ca cannot be used') };
    await expect(openVault({ dir: '/proc/shakedown/ca', clock })).rejects.toMatchObject(problem);
  });

  it('below a file is one as well', async () => {
    await writeFile(join(folder.path, 'file'), '');
    await expect(openVault({ dir: join(folder.path, 'file', 'ca'), clock })).rejects.toMatchObject({ code: 'SHK_CA' });
  });

  it('is made with all above it, which may be there', async () => {
    await mkdir(join(folder.path, 'a'));
    await openVault({ dir: join(folder.path, 'a', 'b', 'c'), clock });
    await rm(join(folder.path, 'a'), { recursive: true });
  });
});
