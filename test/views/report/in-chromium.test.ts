import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../support/find.js';
import { contrasts, openReport, startBrowser } from './support/browser.js';
import { reportOf } from './support/make.js';
import { richRecording } from './support/rich-recording.js';

const chromium = findChromium();
const canned = fileURLToPath(new URL('../../recordings/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'shakedown-report-'));
let browser: Browser;
/** A report of many exchanges, and one of the long talk in it alone. */
const made = { rich: '', talk: '' };
beforeAll(async () => {
  if ('missing' in chromium) return;
  browser = await startBrowser(chromium.path);
  const recording = await richRecording(folder);
  made.rich = await reportOf(recording, join(folder, 'rich.html'));
  made.talk = await reportOf(recording, join(folder, 'talk.html'), '1');
  const pictures = process.env.SHAKEDOWN_PICTURES;
  if (pictures !== undefined) for (const [name, path] of Object.entries(made)) copyFileSync(path, join(pictures, `${name}.html`));
}, 90_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const openAll = { name: 'Open all' };

describe.skipIf('missing' in chromium)('the report in Chromium', () => {
  it.each(readdirSync(canned).filter((name) => name.endsWith('.jsonl')))(
    'opens that of %s with no word in the console and no request',
    async (name) => {
      const path = await reportOf(join(canned, name), join(folder, `${name}.html`));
      await using opened = await openReport(browser, path);
      const { page, trouble } = opened;
      await page.getByRole('button', openAll).click();
      expect(await page.locator('.overview tbody tr').count()).toBeGreaterThan(0);
      expect(await page.locator('article').count()).toBe(await page.locator('.overview tbody tr').count());
      expect(trouble).toEqual([]);
    },
  );

  it('opens that of a run with faults, refusals, a bad certificate and HTTP/2 as quietly, and shows all of them', async () => {
    await using opened = await openReport(browser, made.rich);
    const { page, trouble } = opened;
    await page.getByRole('button', openAll).click();
    const text = await page.locator('main').innerText();
    for (const wanted of [
      'origin.rejected',
      'intermediary.upgrade-stripped',
      'certificate.self-signed',
      'url.refused',
      'drop-upgrade on the server leg',
      'taken out on the way',
      'HTTP/2 stream 1',
      '4001 a code of the application "done here"',
      'compressed',
      '3 frames',
      'self-signed',
    ])
      expect(text).toContain(wanted);
    expect(trouble).toEqual([]);
  });

  it('finds messages by typing, says how many, and marks them', async () => {
    await using opened = await openReport(browser, made.talk);
    const { page, trouble } = opened;
    const rows = page.locator('.messages tbody tr');
    const all = await rows.count();
    const search = page.getByRole('search', { name: /Messages/ });
    await search.getByRole('searchbox').pressSequentially('message 7 ');
    await expect.poll(() => rows.filter({ visible: true }).count()).toBe(2);
    expect(await search.getByRole('status').innerText()).toBe(`2 of ${all} shown`);
    expect(await page.evaluate(() => CSS.highlights.get('hit')?.size)).toBe(2);
    await search.getByRole('searchbox').fill('');
    await expect.poll(() => rows.filter({ visible: true }).count()).toBe(all);
    expect(await page.evaluate(() => CSS.highlights.get('hit')?.size)).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('unfolds a payload in which only the hidden part fits, and folds it again', async () => {
    await using opened = await openReport(browser, made.talk);
    const { page } = opened;
    const box = page.getByRole('search', { name: /Messages/ }).getByRole('searchbox');
    await box.fill('part-26');
    const shown = page.locator('.messages tbody tr').filter({ visible: true });
    await expect.poll(() => shown.count()).toBe(2);
    expect(await page.locator('.messages details[open]').count()).toBe(2);
    await box.fill('');
    await expect.poll(() => page.locator('.messages details[open]').count()).toBe(0);
  });

  it('filters messages by direction and type', async () => {
    await using opened = await openReport(browser, made.talk);
    const { page } = opened;
    const search = page.getByRole('search', { name: /Messages/ });
    const shown = page.locator('.messages tbody tr').filter({ visible: true });
    await search.getByLabel('Type').selectOption('binary');
    await expect.poll(() => shown.count()).toBe(2);
    await search.getByLabel('From').selectOption('client');
    await expect.poll(() => shown.count()).toBe(1);
    expect(await shown.locator('.from').innerText()).toContain('client');
    await search.getByLabel('Type').selectOption('control');
    await expect
      .poll(async () => (await shown.locator('.kind').allInnerTexts()).map((kind) => kind.split(' ')[0]))
      .toEqual(['ping', 'close']);
  });

  it('filters the exchanges, in the table and below it', async () => {
    await using opened = await openReport(browser, made.rich);
    const { page } = opened;
    const search = page.getByRole('search', { name: 'Exchanges' });
    await search.getByRole('searchbox').pressSequentially('/feed');
    const shown = page.locator('.overview tbody tr').filter({ visible: true });
    await expect.poll(() => shown.count()).toBe(1);
    expect(await page.locator('article').filter({ visible: true }).count()).toBe(1);
    await search.getByRole('searchbox').fill('');
    await search.getByLabel('Show').selectOption('failed');
    await expect.poll(() => shown.count()).toBe(5);
    for (const row of await shown.all()) expect(await row.innerText()).toMatch(/refused|failed/);
  });

  it('opens the exchange that a link in the table names', async () => {
    await using opened = await openReport(browser, made.rich);
    const { page } = opened;
    await page.locator('.overview a', { hasText: /^4$/ }).click();
    await expect.poll(() => page.locator('#exchange-4 > details').getAttribute('open')).toBe('');
    await page.locator('#exchange-4 .toc a', { hasText: 'Timing' }).click();
    await expect.poll(() => page.locator('#exchange-4-timing').isVisible()).toBe(true);
  });

  it('is all there without JavaScript: every part can be read, and no control is shown that would do nothing', async () => {
    await using opened = await openReport(browser, made.rich, { javaScriptEnabled: false });
    const { page, trouble } = opened;
    expect(await page.getByRole('searchbox').count()).toBe(0);
    expect(await page.locator('#exchange-2').innerText()).toContain('403');
    for (const summary of await page.locator('article > details > summary').all()) await summary.click();
    const text = await page.locator('main').innerText();
    for (const wanted of ['origin.rejected', 'How to mend it', 'The server got', 'over TLS', 'the client closed (FIN)'])
      expect(text).toContain(wanted);
    expect(trouble).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has contrast enough for every text (%s)', async (colorScheme) => {
    await using opened = await openReport(browser, made.rich, { colorScheme });
    const { page } = opened;
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const found = await contrasts(page);
    expect(found.length).toBeGreaterThan(40);
    expect(found.filter(({ ratio, needed }) => ratio < needed)).toEqual([]);
  });

  it.each([1440, 800, 400])('needs no scrolling to the side at %i pixels', async (width) => {
    await using opened = await openReport(browser, made.rich, { viewport: { width, height: 900 } });
    const { page } = opened;
    await page.getByRole('button', openAll).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('prints every part, folded or not, with or without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      await using opened = await openReport(browser, made.rich, { javaScriptEnabled });
      const { page } = opened;
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('#exchange-2-timing').boundingBox()).not.toBeNull();
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
      expect(await page.getByRole('searchbox').count()).toBe(0);
    }
  });

  it('has headings in order, names for its landmarks, and unique ids', async () => {
    await using opened = await openReport(browser, made.rich);
    const { page } = opened;
    const seen = await page.evaluate(() => ({
      levels: [...document.querySelectorAll('h1,h2,h3,h4,h5')].map(({ tagName }) => Number(tagName[1])),
      ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
      labels: [...document.querySelectorAll('[aria-labelledby]')].map((one) => one.getAttribute('aria-labelledby') ?? ''),
      links: [...document.querySelectorAll('a')].map((one) => one.getAttribute('href') ?? ''),
      lang: document.documentElement.lang,
    }));
    expect(seen.lang).toBe('en');
    expect(seen.levels.filter((level) => level === 1)).toEqual([1]);
    for (const [index, level] of seen.levels.entries()) expect(level - (seen.levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(new Set(seen.ids).size).toBe(seen.ids.length);
    for (const label of seen.labels) expect(seen.ids).toContain(label);
    for (const link of seen.links) expect(seen.ids).toContain(link.replace(/^#/, ''));
  });
});
