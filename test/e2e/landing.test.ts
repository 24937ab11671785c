import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, findProgram } from '../support/find.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { endAll, type Shakedown, startShakedown } from './support/shakedown.js';

const chromiumPath = findChromium();
const certutil = findProgram('certutil');
const folder = testFolder();
const browsers: Browser[] = [];
let shakedown: Shakedown;
beforeAll(async () => {
  shakedown = await startShakedown(folder);
});
afterAll(async () => {
  for (const browser of browsers) await browser.close();
  endAll();
});

/** Where pictures of the page go when someone wants to look at it. */
const pictures = process.env.SHAKEDOWN_PICTURES;

const open = async (name: string, how: { readonly proxied: boolean; readonly trusting: boolean }): Promise<Browser> => {
  const home = join(folder, name);
  mkdirSync(join(home, '.pki', 'nssdb'), { recursive: true });
  if (how.trusting && 'path' in certutil) {
    const db = `sql:${join(home, '.pki', 'nssdb')}`;
    execFileSync(certutil.path, ['-N', '--empty-password', '-d', db]);
    execFileSync(certutil.path, ['-A', '-d', db, '-n', 'shakedown', '-t', 'C,,', '-i', shakedown.ready.ca]);
  }
  const browser = await chromium.launch({
    executablePath: 'path' in chromiumPath ? chromiumPath.path : '',
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
      ...['--disable-sync', '--disable-dev-shm-usage', '--host-resolver-rules=MAP shakedown.test ~NOTFOUND'],
      how.proxied ? `--proxy-server=${shakedown.ready.proxy}` : '--no-proxy-server',
    ],
    env: { ...process.env, HOME: home },
    timeout: 30_000,
  });
  browsers.push(browser);
  return browser;
};

interface Checked {
  readonly verdicts: readonly (string | undefined)[];
  readonly says: readonly string[];
  readonly errors: readonly string[];
}

const look = async (page: Page, url: string, picture: string): Promise<Checked> => {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  await page.waitForSelector('html[data-checked=yes]', { timeout: 15_000 });
  if (pictures !== undefined) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `${picture}-${colorScheme}.png`), fullPage: true });
    }
  }
  const lines = page.locator('.checks li');
  const verdicts = await lines.evaluateAll((found) => found.map((line) => (line as HTMLElement).dataset.verdict));
  return { verdicts, says: await page.locator('.checks .says').allTextContents(), errors };
};

const newPage = async (browser: Browser): Promise<Page> => (await browser.newContext({ viewport: { width: 1000, height: 900 } })).newPage();

describe.skipIf('missing' in chromiumPath || 'missing' in certutil)('the page in Chromium', () => {
  it('says without the proxy that the browser did not come through it', async () => {
    const page = await newPage(await open('straight', { proxied: false, trusting: false }));
    const { verdicts, says, errors } = await look(page, `${shakedown.ready.proxy}/`, 'straight');
    expect(verdicts).toEqual(['bad', 'skipped', 'skipped']);
    expect(says[0]).toContain('did not come through this proxy');
    // The name resolves nowhere: what failed is that, and no policy of the page.
    expect(errors.filter((text) => !text.includes('ERR_NAME_NOT_RESOLVED'))).toEqual([]);
    const { fingerprint256 } = new X509Certificate(readFileSync(shakedown.ready.ca));
    expect(await page.locator('#fingerprint').textContent()).toBe(fingerprint256);
  });

  it('says through the proxy without the CA that only trust is missing', async () => {
    const browser = await open('untrusting', { proxied: true, trusting: false });
    const named = await look(await newPage(browser), 'http://shakedown.test/', 'untrusting');
    expect(named.verdicts).toEqual(['good', 'bad', 'good']);
    expect(named.says[1]).toContain('does not trust the CA');
    expect(named.says[2]).toContain('ws:// opened');
    // A browser that goes through the proxy for all but loopback finds the page at its address, too.
    const straight = await look(await newPage(browser), `${shakedown.ready.proxy}/`, 'untrusting-straight');
    expect(straight.verdicts).toEqual(['good', 'bad', 'good']);
    await expect((await newPage(browser)).goto('https://shakedown.test/')).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  });

  it.each([
    ['http://shakedown.test/', 'ws:// and wss:// opened'],
    ['https://shakedown.test/', 'wss:// opened'],
    ['straight', 'ws:// and wss:// opened'],
  ])('is all green with the proxy and the CA: %s', async (url, says) => {
    const page = await newPage(await open(`trusting-${url.slice(0, 5)}`, { proxied: true, trusting: true }));
    const seen = await look(page, url === 'straight' ? `${shakedown.ready.proxy}/` : url, `trusting-${url.slice(0, 5).replace(':', '')}`);
    expect(seen.verdicts).toEqual(['good', 'good', 'good']);
    expect(seen.says[2]).toContain(says);
    expect(seen.errors).toEqual([]);
  });

  it('says all but the checks without script, too', async () => {
    const browser = await open('scriptless', { proxied: true, trusting: false });
    const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1000, height: 900 } })).newPage();
    await page.goto('http://shakedown.test/');
    expect(await page.locator('noscript').innerText()).toContain('These checks need JavaScript');
    await page.locator('summary', { hasText: 'Java, java.net.http' }).click();
    await page.locator('pre', { hasText: 'ca export --format p12' }).waitFor({ state: 'visible' });
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'scriptless.png'), fullPage: true });
  });

  it('leaves exchanges without a finding, but for the CA that was not trusted', async () => {
    await shakedown.stop();
    const rows = (await readRows(shakedown.ready.recording ?? '')).filter(({ url }) => url.includes('shakedown.test'));
    const echoes = rows.filter(({ url }) => url.includes('/echo?'));
    expect(echoes.map(({ outcome }) => outcome)).toEqual(echoes.map(() => 'closed'));
    expect(echoes.length).toBe(7);
    const titles = rows.flatMap(({ findings }) => findings.map(({ code, title }) => `${code}: ${title}`));
    // Two pages that asked and one visit; Chromium may try again by itself.
    expect(titles.length).toBeGreaterThanOrEqual(3);
    for (const title of titles) expect(title).toMatch(/^certificate\.unknown-ca: The client.* does not trust shakedown's CA/);
    expect(readFileSync(shakedown.ready.recording ?? '', 'utf8')).toContain('"host":"shakedown.test"');
  });
});
