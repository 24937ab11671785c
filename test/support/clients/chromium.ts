import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';

export interface ChromiumOutcome extends Outcome {
  /** What the page's console printed: the only place where Chromium says why. */
  readonly console: readonly string[];
  /** The Origin that the page has. */
  readonly origin: string;
}

/** How a browser is started; what is left out is as if the flag were not there. */
export interface ChromiumOptions {
  /** `--proxy-server`, as `http://127.0.0.1:8101`. */
  readonly proxy?: string;
  /** Base64 SHA-256 of the public key (SPKI) of a certificate in the chain to be trusted. */
  readonly pin?: string;
  /** A throw-away HOME: Chromium trusts the CAs in its .pki/nssdb. */
  readonly home?: string;
}

export interface ChromiumBrowser {
  /** One attempt in a context of its own: a renderer holds back after about a dozen failed WebSockets. */
  attempt(attempt: ChromiumAttempt): Promise<ChromiumOutcome>;
  close(): Promise<void>;
}

/** `proxy` is that attempt's own, in place of the browser's. */
type ChromiumAttempt = Omit<Attempt, 'ca' | 'origin'>;

export interface PageServer {
  /** The Origin of the page. */
  readonly origin: string;
  close(): void;
}

const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
];

// Runs in the page, so it may use nothing from this file.
const inPage = ({ url, protocols, text, timeoutMs }: { url: string; protocols: string[]; text: string; timeoutMs: number }) =>
  new Promise<Outcome>((resolve) => {
    const seen = { opened: false, echoed: false, error: '', closeCode: null as number | null };
    const socket = new WebSocket(url, protocols);
    const timer = setTimeout(() => resolve({ ...seen, error: `nothing decided within ${timeoutMs} ms` }), timeoutMs);
    socket.onopen = () => {
      seen.opened = true;
      socket.send(text);
    };
    socket.onmessage = ({ data }) => {
      seen.echoed = data === text;
      socket.close(1000);
    };
    socket.onclose = ({ code }) => {
      clearTimeout(timer);
      resolve({ ...seen, closeCode: code });
    };
  });

/** A page server on loopback; the page that it serves is the Origin of the WebSocket. */
export const servePage = async (): Promise<PageServer> => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>shakedown test page</title><link rel="icon" href="data:,">');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
};

/**
 * Chromium in a fresh profile. The page is loaded directly. Chromium's own requests to its maker's hosts go through the proxy, in spite
 * of the flags: expect exchanges that no attempt asked for.
 */
export const openChromium = async (
  executablePath: string,
  page: Pick<PageServer, 'origin'>,
  { proxy, pin, home }: ChromiumOptions,
): Promise<ChromiumBrowser> => {
  const bypass = `<-loopback>;${new URL(page.origin).host}`;
  const args = [
    ...quiet,
    ...(proxy === undefined ? ['--no-proxy-server'] : [`--proxy-server=${proxy}`, `--proxy-bypass-list=${bypass}`]),
    ...(pin === undefined ? [] : [`--ignore-certificate-errors-spki-list=${pin}`]),
  ];
  const env = home === undefined ? {} : { env: { ...process.env, HOME: home } };
  // playwright makes a throw-away user-data-dir for each launch, which the pin needs in order to count.
  const browser = await chromium.launch({ executablePath, headless: true, args, timeout: 30_000, ...env });
  const attempt = async ({ url, proxy: own, protocols = [], timeoutMs = defaultTimeoutMs }: ChromiumAttempt): Promise<ChromiumOutcome> => {
    const context = await browser.newContext(own === undefined ? {} : { proxy: { server: own, bypass } });
    try {
      const tab = await context.newPage();
      const texts: string[] = [];
      tab.on('console', (message) => texts.push(message.text()));
      await tab.goto(page.origin);
      const outcome = await tab.evaluate(inPage, { url, protocols: [...protocols], text: greeting, timeoutMs });
      return { ...outcome, error: texts.join('\n'), console: texts, origin: page.origin };
    } finally {
      await context.close();
    }
  };
  return { attempt, close: () => browser.close() };
};

/** One attempt in a browser of its own. */
export const withChromium = async (
  executablePath: string,
  { proxy, pin, ...attempt }: ChromiumAttempt & Pick<ChromiumOptions, 'pin'>,
): Promise<ChromiumOutcome> => {
  const page = await servePage();
  try {
    const browser = await openChromium(executablePath, page, {
      ...(proxy === undefined ? {} : { proxy }),
      ...(pin === undefined ? {} : { pin }),
    });
    return await browser.attempt(attempt).finally(() => browser.close());
  } finally {
    page.close();
  }
};
