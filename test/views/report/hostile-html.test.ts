import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/views/report/html-report.js';
import { findChromium } from '../../support/find.js';
import { obeyed } from '../hostile.js';
import { openReport, startBrowser, treeOf } from './support/browser.js';
import { hostileExchange } from './support/hostile-exchange.js';
import { writtenBy } from './support/make.js';
import { harmless, vectors } from './support/vectors.js';

const chromium = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'shakedown-hostile-'));
let browser: Browser;
beforeAll(async () => {
  if ('path' in chromium) browser = await startBrowser(chromium.path);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page with these texts in every field, each in an exchange of its own and one of them in what the export says about itself. */
const pageOf = (texts: readonly string[], about: string): Promise<string> =>
  writtenBy(htmlReport, texts.map(hostileExchange), {
    shakedown: about,
    recording: about,
    startedAt: about,
    redaction: { kinds: [{ kind: about, places: 1 }], blanked: 0 },
  });

const slices = [0, 1, 2].map((part) => vectors.filter((_, index) => index % 3 === part));

describe.skipIf('missing' in chromium)('what an attacker writes', () => {
  it('is 200 texts and more', () => expect(new Set(vectors).size).toBeGreaterThanOrEqual(200));

  it.each(slices.map((texts, part) => ({ texts, part })))(
    'makes the same elements as harmless text, and runs nothing, also without a policy (part $part)',
    async ({ texts, part }) => {
      const trees: string[][] = [];
      for (const [name, some] of [
        ['hostile', texts],
        ['harmless', texts.map(harmless)],
      ] as const) {
        const path = join(folder, `${name}-${part}.html`);
        writeFileSync(path, await pageOf(some, some[part] ?? ''));
        await using opened = await openReport(browser, path, { bypassCSP: true });
        const { page, trouble } = opened;
        trees.push([
          ...(await treeOf(page, 'article')),
          ...(await treeOf(page, 'head')),
          ...(await treeOf(page, 'header')),
          ...(await treeOf(page, '.overview tbody tr')),
          await page.evaluate(() => [...new Set([...document.querySelectorAll('*')].map(({ tagName }) => tagName))].sort().join(' ')),
        ]);
        expect(trouble).toEqual([]);
        expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
        expect(await page.evaluate(() => document.querySelectorAll('article').length)).toBe(some.length);
      }
      const [hostile = [], tame = []] = trees;
      for (const [index, tree] of hostile.entries()) expect(tree, JSON.stringify(texts[index])).toBe(tame[index]);
      expect(hostile.length).toBe(tame.length);
    },
    120_000,
  );

  it('never reaches the page as a character that is obeyed or unseen', async () => {
    for (const texts of slices) {
      const page = await pageOf(texts, texts[0] ?? '');
      expect(page.replaceAll('\n', '')).not.toMatch(obeyed);
    }
  });

  it('stands in texts and never in an attribute', async () => {
    const page = await pageOf(['MARKER'], 'MARKER');
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) expect(tag).not.toContain('MARKER');
    expect(page.split('MARKER').length).toBeGreaterThan(80);
  });
});
