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

interface ChromiumAttempt extends Omit<Attempt, 'ca' | 'origin'> {
  /** Base64 SHA-256 of the public key (SPKI) of a certificate in the chain to be trusted. */
  readonly pin?: string;
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
const servePage = async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>shakedown test page</title><link rel="icon" href="data:,">');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/**
 * Chromium in a fresh profile. The page is loaded directly. Chromium's own requests to its maker's hosts go through the proxy, in spite
 * of the flags: expect exchanges that this attempt did not ask for.
 */
export const withChromium = async (executablePath: string, attempt: ChromiumAttempt): Promise<ChromiumOutcome> => {
  const { url, proxy, pin, protocols = [], timeoutMs = defaultTimeoutMs } = attempt;
  const page = await servePage();
  const args = [
    ...quiet,
    ...(proxy === undefined ? ['--no-proxy-server'] : [`--proxy-server=${proxy}`, `--proxy-bypass-list=<-loopback>;${page.host}`]),
    ...(pin === undefined ? [] : [`--ignore-certificate-errors-spki-list=${pin}`]),
  ];
  // playwright makes a throw-away user-data-dir for each launch, which the pin needs in order to count.
  const browser = await chromium.launch({ executablePath, headless: true, args, timeout: 30_000 });
  try {
    const tab = await browser.newPage();
    const texts: string[] = [];
    tab.on('console', (message) => texts.push(message.text()));
    await tab.goto(`http://${page.host}/`);
    const outcome = await tab.evaluate(inPage, { url, protocols: [...protocols], text: greeting, timeoutMs });
    return { ...outcome, error: texts.join('\n'), console: texts, origin: `http://${page.host}` };
  } finally {
    await browser.close();
    page.server.close();
  }
};
