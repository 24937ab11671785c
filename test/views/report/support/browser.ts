import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const startBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'], timeout: 30_000 });

/** A page and all that it should never have: a word in the console, an error, a broken policy, a dialog, a request. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly trouble: string[];
}

export const openReport = async (browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  const url = pathToFileURL(path).href;
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) trouble.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(`policy: ${violatedDirective}`)),
  );
  await page.goto(url);
  return { page, trouble, [Symbol.asyncDispose]: () => context.close() };
};

export interface Contrast {
  readonly text: string;
  readonly where: string;
  readonly ratio: number;
  /** Large text needs 3, other text 4.5 (WCAG 2.2, 1.4.3). */
  readonly needed: number;
}

/** The contrast of every text that the page shows now, the lowest first; runs in the page. */
export const contrasts = (page: Page): Promise<Contrast[]> =>
  page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const read = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return [r, g, b, a];
    };
    const over = ([r, g, b, a]: Colour, [x, y, z]: Colour): Colour => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
    const backOf = (element: Element | null): Colour => {
      if (!element) return [255, 255, 255, 1];
      const own = read(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, backOf(element.parentElement));
    };
    const light = ([r, g, b]: Colour): number => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const found = new Map<string, Contrast>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (!element || text === '' || element.closest('script,style,.unseen,[hidden]') || element.getClientRects().length === 0) continue;
      const style = getComputedStyle(element);
      const back = backOf(element);
      const front = over(read(element instanceof SVGElement ? style.fill : style.color), back);
      const [high = 0, low = 0] = [light(front), light(back)].sort((a, b) => b - a);
      const size = Number.parseFloat(style.fontSize);
      const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      const where = `${element.tagName}.${element.getAttribute('class') ?? ''} in ${element.parentElement?.tagName ?? ''}.${element.parentElement?.className ?? ''}`;
      const ratio = (high + 0.05) / (low + 0.05);
      if (!found.has(`${where}${ratio}`)) found.set(`${where}${ratio}`, { text: text.slice(0, 40), where, ratio, needed });
    }
    return [...found.values()].sort((a, b) => a.ratio - b.ratio);
  });

/** Tags, attribute names and classes of an element and all that is in it; its texts left out. Runs in the page. */
export const treeOf = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate((wanted) => {
    const tell = (element: Element): string => {
      const names = element.getAttributeNames().sort().join(' ');
      return `<${element.tagName} ${names} .${element.getAttribute('class') ?? ''}>${[...element.children].map(tell).join('')}</>`;
    };
    return [...document.querySelectorAll(wanted)].map(tell);
  }, selector);
