import { describe, expect, it } from 'vitest';
import { type Browser, findBrowser, type Wanted } from '../../../src/launch/browser/find-browser.js';
import { type BrowserName, browserNames, type Machine, placesOf } from '../../../src/launch/browser/places.js';
import { Problem } from '../../../src/model/problem.js';

const linux: Machine = { platform: 'linux', env: { PATH: '/home/me/bin:/usr/bin' }, home: '/home/me' };
const mac: Machine = { platform: 'darwin', env: { PATH: '/usr/bin' }, home: '/Users/me' };
const windows: Machine = {
  platform: 'win32',
  env: { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' },
  home: 'C:\\Users\\me',
};

const find = (machine: Machine, there: readonly string[], wanted: Partial<Wanted> = {}): Browser =>
  findBrowser({ name: null, path: null, ...wanted }, machine, (path) => there.includes(path));

const refusal = (attempt: () => unknown): Problem => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('no Problem was thrown');
};

describe('places of browsers', () => {
  const table: readonly (readonly [Machine, BrowserName, readonly string[]])[] = [
    [linux, 'chrome', ['/home/me/bin/google-chrome', '/usr/bin/google-chrome-stable', '/opt/google/chrome/chrome']],
    [linux, 'chromium', ['/snap/bin/chromium', '/usr/bin/chromium', '/usr/bin/chromium-browser']],
    [linux, 'edge', ['/usr/bin/microsoft-edge', '/opt/microsoft/msedge/msedge', '/var/lib/flatpak/exports/bin/com.microsoft.Edge']],
    [linux, 'firefox', ['/snap/bin/firefox', '/usr/bin/firefox-esr', '/home/me/.local/share/flatpak/exports/bin/org.mozilla.firefox']],
    [mac, 'chrome', ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']],
    [mac, 'chromium', ['/Applications/Chromium.app/Contents/MacOS/Chromium']],
    [mac, 'edge', ['/Users/me/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge']],
    [mac, 'firefox', ['/Applications/Firefox.app/Contents/MacOS/firefox']],
    [
      windows,
      'chrome',
      [
        'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
        'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      ],
    ],
    [windows, 'chromium', ['C:\\Users\\me\\AppData\\Local\\Chromium\\Application\\chrome.exe']],
    [windows, 'edge', ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe']],
    [windows, 'firefox', ['C:\\Program Files\\Mozilla Firefox\\firefox.exe']],
  ];

  it.each(table)('on %o finds %s wherever it may be', (machine, name, paths) => {
    for (const path of paths) expect(find(machine, [path], { name })).toMatchObject({ name, path });
  });

  it('are absolute, each named once', () => {
    for (const machine of [linux, mac, windows]) {
      for (const name of browserNames) {
        const paths = placesOf(name, machine).map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        for (const path of paths) expect(path).toMatch(/^(\/|[A-Z]:\\)/);
      }
    }
  });

  it('leave out what a relative PATH would start from the working folder', () => {
    const here = { ...linux, env: { PATH: '.:bin::/usr/bin' } };
    expect(placesOf('firefox', here).every(({ path }) => path.startsWith('/'))).toBe(true);
  });

  it('leave out folders that the system does not name', () => {
    expect(placesOf('chrome', { ...windows, env: { LOCALAPPDATA: 'D:\\L' } }).map(({ path }) => path)).toEqual([
      'D:\\L\\Google\\Chrome\\Application\\chrome.exe',
    ]);
  });
});

describe('finding a browser', () => {
  it('takes the first one that is there when none is named', () => {
    expect(find(linux, ['/usr/bin/firefox', '/usr/bin/chromium'])).toMatchObject({
      name: 'chromium',
      title: 'Chromium',
      family: 'chromium',
    });
    expect(find(linux, ['/usr/bin/firefox'])).toMatchObject({ name: 'firefox', family: 'firefox' });
  });

  it('answers chrome with Chromium where there is no Chrome, and no other name with another browser', () => {
    expect(find(linux, ['/usr/bin/chromium'], { name: 'chrome' })).toMatchObject({ name: 'chromium' });
    expect(find(linux, ['/usr/bin/chromium', '/usr/bin/google-chrome'], { name: 'chrome' })).toMatchObject({ name: 'chrome' });
    expect(() => find(linux, ['/usr/bin/google-chrome'], { name: 'chromium' })).toThrow(Problem);
  });

  it('puts the profile of a confined browser where that browser can see it', () => {
    expect(find(linux, ['/snap/bin/firefox', '/usr/bin/firefox']).parent).toBe('/home/me/snap/firefox/common');
    const flatpak = '/var/lib/flatpak/exports/bin/com.google.Chrome';
    expect(find(linux, [flatpak]).parent).toBe('/home/me/.var/app/com.google.Chrome/cache');
    expect(find(linux, ['/usr/bin/firefox']).parent).toBeNull();
  });

  it.each([
    ['/opt/ff/firefox-nightly', 'firefox'],
    ['/opt/librewolf/librewolf', 'firefox'],
    ['/x/msedge', 'edge'],
    ['/x/chromium-dev', 'chromium'],
    ['/x/brave', 'chrome'],
  ])('takes %s for a %s by its name', (path, name) => {
    expect(find(linux, [path], { path })).toMatchObject({ path, name });
    expect(find(linux, [path], { path, name: 'firefox' })).toMatchObject({ path, name: 'firefox' });
  });

  it('says where it looked and what to install', () => {
    const { code, message, advice } = refusal(() => find(linux, [], { name: 'edge' }));
    expect(code).toBe('SHK_BROWSER');
    expect(message).toMatch(/^Microsoft Edge was not found\. Looked at microsoft-edge, microsoft-edge-stable in the folders of PATH/);
    expect(message).toContain('/opt/microsoft/msedge/msedge');
    expect(advice).toBe('Install Microsoft Edge from microsoft.com/edge; or say where it is with --browser-path FILE.');
    const none = refusal(() => find(mac, []));
    expect(none.message).toMatch(
      /^Neither Google Chrome, Chromium, Microsoft Edge nor Firefox was found\. Looked at \/Applications\/Google Chrome\.app/,
    );
    expect(none.advice).toMatch(/^Install Google Chrome .*, or Firefox|^Install Google Chrome .* or Firefox/);
    expect(refusal(() => find(linux, [], { path: '/no/such' })).message).toBe('There is no program at /no/such.');
  });
});
