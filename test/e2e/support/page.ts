import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the page saw of one WebSocket. */
export interface Report {
  readonly url: string;
  readonly opened: boolean;
  readonly echoed: boolean;
  readonly closeCode: number | null;
}

// Runs in the page.
const script = `
const attempt = (url) => new Promise((resolve) => {
  const seen = { url, opened: false, echoed: false, closeCode: null };
  const socket = new WebSocket(url);
  socket.onopen = () => { seen.opened = true; socket.send('hello from a page'); };
  socket.onmessage = ({ data }) => { seen.echoed = data === 'hello from a page'; socket.close(1000); };
  socket.onclose = ({ code }) => resolve({ ...seen, closeCode: code });
});
const urls = new URLSearchParams(location.search).getAll('url');
Promise.all(urls.map(attempt)).then((reports) => fetch('/report', { method: 'POST', body: JSON.stringify(reports) }));
`;

/** A page on loopback that opens the WebSockets named in its query, each once, and tells what became of them. */
export const startReportingPage = async () => {
  let tell = (_reports: readonly Report[]) => {};
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      request.on('end', () => {
        response.end();
        tell(JSON.parse(body));
      });
      return;
    }
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>shakedown test page</title><link rel="icon" href="data:,"><script>${script}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    /** The page for these WebSockets. */
    url: (urls: readonly string[]) => `${origin}/?${new URLSearchParams(urls.map((url) => ['url', url]))}`,
    /** The next report; to be asked for before the page is opened. */
    report: () =>
      new Promise<readonly Report[]>((resolve) => {
        tell = resolve;
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
