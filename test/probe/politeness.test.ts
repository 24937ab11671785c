import { createHash } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { doctor } from '../../src/control/doctor.js';
import { type Ask, exposed, headOf, hostOf, ownOrigin, withoutCredentials } from '../../src/probe/ask.js';
import { experiments } from '../../src/probe/experiments/experiments.js';
import { mostTrials } from '../../src/probe/investigate.js';
import { exchangeFrom } from '../support/exchange.js';
import { examine, startUpgradeServer } from './support.js';

const secrets = ['S3CRETCOOKIE', 'S3CRETAUTH', 'S3CRETKEY', 'S3CRETODD', 'S3CRETQUERY', 'S3CRETPROTO'] as const;
const headers = [
  ['Cookie', `session=${secrets[0]}`],
  ['Authorization', `Bearer ${secrets[1]}`],
  ['X-Api-Key', secrets[2]],
  ['X-Odd', secrets[3]],
] as const;

/** Takes whatever comes, and answers it with this. */
const listen = async (
  port: number,
  host: string,
  answer: string | null,
): Promise<{ readonly port: number; heard(): string; connections(): number } & AsyncDisposable> => {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        chunks.push(bytes);
        if (answer !== null) socket.end(answer);
      });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heard: () => Buffer.concat(chunks).toString('latin1'),
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const mayBindLow = await listen(80, '127.0.0.91', null).then(
  async (one) => {
    await one[Symbol.asyncDispose]();
    return true;
  },
  () => false,
);

const holds = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));

describe('what doctor gives away', () => {
  it('sends none of the secrets in the clear, where they were for TLS', async () => {
    await using plain = await listen(0, '127.0.0.1', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    const report = await examine(`wss://127.0.0.1:${plain.port}/chat?token=${secrets[4]}`, { headers, protocols: [secrets[5]] });
    expect(report.findings[0]?.code).toBe('url.scheme-mismatch-tls-to-plain');
    expect(report.trials.some(({ change }) => change === 'other-scheme')).toBe(true);
    expect(plain.heard()).toContain('GET /chat HTTP/1.1');
    expect(holds(plain.heard())).toEqual([]);
  });

  it.skipIf(!mayBindLow)('sends none of them to another port, and asks one other port alone', async () => {
    await using other = await listen(80, '127.0.0.91', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    await using secure = await listen(443, '127.0.0.91', null);
    const report = await examine(`ws://127.0.0.91:9/chat?token=${secrets[4]}`, { headers, protocols: [secrets[5]] });
    expect(report.findings[0]?.code).toBe('url.refused');
    expect(other.heard()).toContain('GET /chat HTTP/1.1');
    expect(holds(other.heard())).toEqual([]);
    expect(secure.connections()).toBe(0);
  });

  it.skipIf(!mayBindLow)('says that the port is wrong, where a WebSocket opens at the usual one', async () => {
    const server = createHttpServer();
    const web = new WebSocketServer({ server });
    await new Promise<void>((resolve) => server.listen(80, '127.0.0.92', resolve));
    try {
      const report = await examine('ws://127.0.0.92:9/chat');
      expect(report.findings[0]).toMatchObject({ code: 'url.refused', confidence: 0.98 });
      expect(report.findings[0]?.title).toContain('opens at ws://127.0.0.92:80');
    } finally {
      for (const one of web.clients) one.terminate();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('sends none of them anywhere but to the port that was asked', async () => {
    await using server = await startUpgradeServer({ upgrade: () => ({ status: 403 }) });
    await using bystander = await listen(0, '127.0.0.1', null);
    await examine(`ws://127.0.0.1:${server.port}/chat?token=${secrets[4]}`, { headers, origin: `http://127.0.0.1:${bystander.port}` });
    expect(bystander.connections()).toBe(0);
  });
});

describe('how doctor behaves', () => {
  it.each([403, 404, 400, 401, 500])('opens one connection at a time to a server that says %i, and not for ever', async (status) => {
    await using server = await startUpgradeServer({ upgrade: () => ({ status }) });
    const report = await examine(`ws://127.0.0.1:${server.port}/chat`, { origin: 'https://evil.example', headers, protocols: ['chat'] });
    expect(server.most()).toBe(1);
    expect(report.trials.length).toBeGreaterThan(1);
    expect(report.trials.length).toBeLessThanOrEqual(mostTrials);
    expect(server.seen.length).toBe(report.trials.length + 1);
  });

  it('opens one connection at a time also to a server that stays silent', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 'silence' });
    await examine(`ws://127.0.0.1:${server.port}/chat`, { timeoutMs: 2000 });
    expect(server.most()).toBe(1);
  });

  it.each([
    ['answers no handshake', ''],
    ['opens, and answers no Close', `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`],
  ])('leaves with FIN a server that %s: many a one dies of a reset', async (_, head) => {
    const ends: Promise<string>[] = [];
    const server = createHttpServer((_request, response) => response.end('fine'));
    server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      if (head !== '') socket.write(`${head}Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
      ends.push(
        new Promise((resolve) => {
          socket.on('error', ({ message }) => resolve(message)).on('end', () => resolve('FIN'));
        }),
      );
      socket.resume().on('end', () => socket.end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await examine(`ws://127.0.0.1:${port}/`, { timeoutMs: 2500 });
    expect(ends.length).toBeGreaterThan(0);
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['FIN']));
    server.close();
  });

  it('ends within its time, whatever hangs', async () => {
    await using silent = await listen(0, '127.0.0.1', null);
    for (const scheme of ['ws', 'wss']) {
      const beganMs = performance.now();
      await examine(`${scheme}://127.0.0.1:${silent.port}/`, { timeoutMs: 1500 });
      expect(performance.now() - beganMs).toBeLessThan(3000);
    }
  });

  it('takes what opens for no proof where the first attempt would open by now, too', async () => {
    let asked = 0;
    // Some proxies lose the first upgrade after their start, and let in the second.
    await using server = await startUpgradeServer({ upgrade: () => (asked++ === 0 ? { status: 403 } : 101) });
    const { ok, findings, trials } = await examine(`ws://127.0.0.1:${server.port}/`, { origin: 'https://evil.example' });
    expect(ok).toBe(false);
    expect(trials.map(({ change, opened }) => [change, opened])).toEqual([
      ['no-origin', true],
      ['as-asked', true],
    ]);
    expect(findings[0]?.confidence).toBeLessThan(0.95);
    expect(findings[0]?.evidence.at(-1)).toEqual({ leg: 'server', what: 'trial', text: 'as asked, once more: it opens' });
  });

  it('stops once the cause is isolated', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ headers: { origin } }) => (origin === undefined ? 101 : { status: 403 }) });
    const { trials } = await examine(`ws://127.0.0.1:${server.port}/`, { origin: 'https://evil.example' });
    expect(trials.map(({ change }) => change)).toEqual(['no-origin', 'as-asked']);
  });

  it('makes no experiment with what is healthy', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers });
    expect(report).toMatchObject({ ok: true, findings: [], trials: [] });
  });

  it('tells what it does while it does it, in turn', async () => {
    await using server = await startUpgradeServer({ upgrade: () => ({ status: 403 }) });
    const news: string[] = [];
    await doctor(
      {
        url: `ws://127.0.0.1:${server.port}/`,
        origin: 'https://evil.example',
        protocols: [],
        headers: [],
        proxy: null,
        ca: null,
        insecure: false,
        http2: false,
        timeoutMs: 5000,
        holdMs: 100,
      },
      (one) => one.type !== 'stage' && news.push(`${one.type} ${one.title}`),
    );
    expect(news.slice(0, 4)).toEqual(['began null', 'ended null', 'began without an Origin', 'ended without an Origin']);
    expect(news.length % 2).toBe(0);
  });
});

describe('an ask', () => {
  const ask: Ask = {
    target: { scheme: 'wss', host: 'app.example', port: 8443, path: '/chat?token=1' },
    sni: 'app.example',
    host: null,
    origin: 'https://app.example',
    protocols: ['bearer.token'],
    extensions: 'permessage-deflate',
    upgrade: true,
    headers,
    way: null,
  };

  it('exposes nothing that the user said for this server alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('Cookie', 'X-Any', 'Authorization', 'Sec-WebSocket-Protocol'), fc.constant('S3CRET'))),
        (given) => {
          const head = headOf(exposed({ ...ask, headers: given, target: { ...ask.target, path: '/chat?S3CRET' }, protocols: ['S3CRET'] }), {
            key: 'k',
            agent: 'a',
          });
          expect(head).not.toContain('S3CRET');
        },
      ),
    );
  });

  it('keeps the other fields where only the credentials go', () => {
    expect(withoutCredentials(headers)).toEqual([['X-Odd', 'S3CRETODD']]);
  });

  it('names its Host and its Origin as a browser does', () => {
    expect(hostOf(ask)).toBe('app.example:8443');
    expect(ownOrigin({ target: { ...ask.target, port: 443 } })).toBe('https://app.example');
    expect(hostOf({ host: null, target: { scheme: 'ws', host: '::1', port: 80, path: '/' } })).toBe('[::1]');
  });

  it('is never changed in more than one thing that counts by an experiment that stays on the port', () => {
    const first = exchangeFrom(
      'target: wss://app.example:8443/chat\n--- request\n+ Origin: https://app.example\n--- answer\nHTTP/1.1 400 Bad Request\nContent-Length: 0\n',
    );
    for (const { id, variants } of experiments) {
      for (const { ask: changed } of variants({ ask, first, findings: [], trials: [], holdMs: 100 })) {
        const differing = (Object.keys(ask) as (keyof Ask)[]).filter((name) => JSON.stringify(ask[name]) !== JSON.stringify(changed[name]));
        expect(differing.length, id).toBe(1);
        expect(changed.target.host).toBe('app.example');
        expect(changed.target.port).toBe(8443);
      }
    }
  });
});
