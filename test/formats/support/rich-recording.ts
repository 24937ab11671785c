import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';
import { startShakedown } from '../../../src/index.js';
import { throughSocks } from '../../support/clients/socks-connection.js';
import { startEchoServer } from '../../support/echo-server.js';
import { startHttp2Server } from '../../support/http2-server.js';
import { testCertificate } from '../../support/test-certificate.js';

/** Texts that formulas, terminals, quotes and eyes stumble over. */
export const hostileMessages: readonly string[] = [
  ...[
    '=HYPERLINK("http://evil.example","x")',
    '+1',
    '-1',
    '@SUM(1)',
    '\t=1',
    '"a","b"\r\n"c"',
    "it's",
    '\x1b[2J\x1b]0;owned\x07',
    '\u202egnp.exe',
  ],
  ...[
    '</script><script>alert(1)</script>',
    '[x](javascript:alert(1))',
    'a\0b',
    '{"n":1}',
    'Grüße, 世界 🌍',
    ' ',
    '\u2028',
    '`$(touch pwned)`',
    '\ud7ff\ue000',
  ],
];

/** What the client of the conversation sends, in order. */
export const richTexts: readonly string[] = ['hello', ...hostileMessages, 'again and again '.repeat(2000)];

const talk = async (socket: WebSocket): Promise<void> => {
  await once(socket, 'open');
  const echoed = async (send: () => void): Promise<void> => {
    const answer = once(socket, 'message');
    send();
    await answer;
  };
  for (const text of richTexts) await echoed(() => socket.send(text));
  await echoed(() => socket.send(Uint8Array.of(0, 1, 2, 254, 255)));
  await echoed(() => {
    socket.send('in three ', { fin: false, compress: false });
    socket.send('frames, ', { fin: false, compress: false });
    socket.send('one message', { fin: true, compress: false });
  });
  const pong = once(socket, 'pong');
  socket.ping('are you there');
  await pong;
  const closed = once(socket, 'close');
  socket.close(4001, 'that is all');
  await closed;
};

/** Resolves when the socket has ended, however. */
const ended = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('open', () => socket.close(1000));
    socket.on('close', () => resolve());
  });

const startCompressing = async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
};

/**
 * A recording of real traffic through the real engine: compressed and plain conversations, a refusal, a page, HTTP/2 behind HTTP/1.1, SOCKS, a
 * port on which nothing listens. Resolves when the file is complete.
 */
export const recordRich = async (path: string, caDir: string): Promise<void> => {
  const tls = testCertificate();
  await using echo = await startEchoServer({ origins: ['https://good.example'] });
  await using secure = await startEchoServer({ tls });
  await using modern = await startHttp2Server({ ...tls, http1: false });
  const compressing = await startCompressing();
  const shakedown = await startShakedown({ record: path, caDir, insecure: ['*'], http2: 'force' });
  try {
    const { hostname, port } = new URL(shakedown.proxy);
    const agent = new HttpsProxyAgent(shakedown.proxy);
    const through: ClientOptions = { agent, rejectUnauthorized: false, origin: 'https://good.example' };
    await talk(
      new WebSocket(`ws://127.0.0.1:${compressing.port}/chat?access_token=not-a-secret`, ['chat', 'v2'], {
        ...through,
        headers: { Cookie: 'sid=0123456789' },
      }),
    );
    await talk(new WebSocket(echo.url, { ...through, perMessageDeflate: false }));
    await ended(new WebSocket(secure.url, through));
    await ended(new WebSocket(echo.url, { ...through, origin: 'https://evil.example' }));
    await ended(new WebSocket(`wss://localhost:${modern.port}/chat`, through));
    const bySocks = { createConnection: throughSocks({ host: hostname, port: Number(port) }) } as unknown as ClientOptions;
    await ended(new WebSocket(echo.url, { ...bySocks, origin: 'https://good.example' }));
    await ended(new WebSocket('ws://127.0.0.1:9/', through));
    const page = get({ host: hostname, port, path: `http://127.0.0.1:${echo.port}/page`, headers: { Host: `127.0.0.1:${echo.port}` } });
    const [answer] = await once(page, 'response');
    answer.resume();
    await once(answer, 'end');
    agent.destroy();
  } finally {
    await shakedown.stop();
    compressing.close();
  }
};
