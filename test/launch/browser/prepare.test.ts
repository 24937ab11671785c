import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openVault } from '../../../src/authority/vault.js';
import type { Browser } from '../../../src/launch/browser/find-browser.js';
import type { Machine } from '../../../src/launch/browser/places.js';
import { prepare, type Trust } from '../../../src/launch/browser/prepare.js';
import { findProgram } from '../../support/find.js';

const folder = mkdtempSync(join(tmpdir(), 'shakedown-prepare-'));
const certutil = findProgram('certutil');
const home = join(folder, 'home');
const linux: Machine = { platform: 'linux', env: {}, home };
const chromium: Browser = { name: 'chromium', title: 'Chromium', family: 'chromium', path: '/usr/bin/chromium', parent: null };
const firefox: Browser = { name: 'firefox', title: 'Firefox', family: 'firefox', path: '/usr/bin/firefox', parent: null };
let trust: Trust;
let profiles = 0;

const startOf = () => {
  const profile = join(folder, `profile-${++profiles}`);
  mkdirSync(profile);
  return { proxy: 'http://127.0.0.1:8101', profile, url: 'http://localhost:3000/', more: ['--headless'] };
};
const trusted = (store: string): string =>
  'path' in certutil ? spawnSync(certutil.path, ['-L', '-d', `sql:${store}`]).stdout.toString() : '';

beforeAll(async () => {
  const { certPath } = await openVault({ dir: join(folder, 'ca'), clock: { now: () => Date.now() } });
  trust = { leafPin: 'PIN=', caPath: certPath, root: false };
  mkdirSync(join(home, '.config', 'gtk-3.0'), { recursive: true });
  writeFileSync(join(home, '.config', 'user-dirs.dirs'), 'XDG_DESKTOP_DIR="$HOME/Bureau"\nXDG_DOWNLOAD_DIR="$HOME/Téléchargements"\n');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a profile for Chromium on Linux', () => {
  it.skipIf('missing' in certutil)('trusts the CA in a home of its own, and needs no pin', async () => {
    const start = startOf();
    const { args, variables, notices } = await prepare(chromium, start, trust, linux);
    expect(variables.HOME).toBe(join(start.profile, 'home'));
    expect(trusted(join(start.profile, 'home/.pki/nssdb'))).toMatch(/^shakedown +C,, *$/m);
    expect(args.join(' ')).not.toContain('PIN=');
    expect(notices).toEqual([]);
  });

  it("keeps the user's look and downloads", async () => {
    const { profile } = startOf();
    const { variables } = await prepare(chromium, { ...startOf(), profile }, trust, linux);
    expect(lstatSync(join(variables.XDG_CONFIG_HOME ?? '', 'gtk-3.0')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(join(profile, 'Default/Preferences'), 'utf8'))).toMatchObject({
      download: { default_directory: join(home, 'Téléchargements') },
    });
    expect(variables).toMatchObject({ XAUTHORITY: join(home, '.Xauthority'), XDG_DATA_HOME: join(home, '.local/share') });
  });

  it('falls back to the pin without certutil, and says what that costs', async () => {
    vi.stubEnv('PATH', join(folder, 'nothing'));
    const { args, variables, notices } = await prepare(chromium, startOf(), trust, linux);
    expect(args).toContain('--ignore-certificate-errors-spki-list=PIN=');
    expect(variables.HOME).toBeUndefined();
    expect(notices).toEqual([expect.stringMatching(/because certutil is not installed: .* Install it \(libnss3-tools on Debian/)]);
  });

  it('gives up the sandbox for root, and says so', async () => {
    const { args, notices } = await prepare(chromium, startOf(), { ...trust, root: true }, linux);
    expect(args).toContain('--no-sandbox');
    expect(notices.join(' ')).toContain('without its sandbox');
  });
});

describe('elsewhere, and for a confined browser', () => {
  it.each([
    ['macOS', chromium, { ...linux, platform: 'darwin' as const }],
    ['Windows', chromium, { ...linux, platform: 'win32' as const }],
    ['a snap', { ...chromium, parent: '/home/me/snap/chromium/common' }, linux],
  ])('Chromium on %s gets the pin, and no variables', async (_, browser, machine) => {
    const { args, variables } = await prepare(browser, startOf(), trust, machine);
    expect(args).toContain('--ignore-certificate-errors-spki-list=PIN=');
    expect(args).not.toContain('--no-sandbox');
    expect(variables).toEqual({});
  });

  it('Firefox on Windows is waited for, and its trust is left to the user', async () => {
    const { args, notices } = await prepare(firefox, startOf(), trust, { ...linux, platform: 'win32' });
    expect(args).toContain('-wait-for-browser');
    expect(notices).toEqual([expect.stringContaining('trust http://shakedown.test/ca.pem in it')]);
  });
});

describe('a profile for Firefox on Linux', () => {
  it.skipIf('missing' in certutil)('trusts the CA and goes through the proxy', async () => {
    const start = startOf();
    const { args, variables, notices } = await prepare(firefox, start, trust, linux);
    expect(args).toEqual(['-no-remote', '-profile', start.profile, '--headless', 'http://localhost:3000/']);
    expect(trusted(start.profile)).toMatch(/^shakedown +C,, *$/m);
    expect(readFileSync(join(start.profile, 'user.js'), 'utf8')).toContain('user_pref("network.proxy.http_port", 8101);');
    expect(variables.HOME).toBeUndefined();
    expect(notices).toEqual([]);
  });
});
