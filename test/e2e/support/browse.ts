import { chromium, type Page } from 'playwright-core';

/** What a page's WebSocket saw, and what the browser's console said. */
export interface Told {
  readonly opened: boolean;
  readonly echoed: string;
  readonly code: number;
  readonly console: readonly string[];
}

// Runs in the page.
const talk = (url: string): Promise<Omit<Told, 'console'>> =>
  new Promise((resolve) => {
    const told = { opened: false, echoed: '', code: 0 };
    const socket = new WebSocket(url);
    socket.onopen = () => {
      told.opened = true;
      socket.send('over HTTP/2');
    };
    socket.onmessage = ({ data }) => {
      told.echoed = String(data);
      socket.close(1000);
    };
    socket.onclose = ({ code }) => resolve({ ...told, code });
  });

/** Opens the page of that server in Chromium through a proxy, and from it a WebSocket to the same server. */
export const browse = async (to: {
  readonly path: string;
  readonly proxyPort: number;
  readonly port: number;
  /** Of the certificate that the proxy shows. */
  readonly pin: string;
}): Promise<Told> => {
  const browser = await chromium.launch({
    executablePath: to.path,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      `--proxy-server=127.0.0.1:${to.proxyPort}`,
      '--proxy-bypass-list=<-loopback>',
      `--ignore-certificate-errors-spki-list=${to.pin}`,
    ],
  });
  try {
    const page: Page = await browser.newPage();
    const texts: string[] = [];
    page.on('console', (message) => texts.push(message.text()));
    await page.goto(`https://localhost:${to.port}/`);
    const told = await page.evaluate(talk, `wss://localhost:${to.port}/chat`);
    return { ...told, console: texts };
  } finally {
    await browser.close();
  }
};
