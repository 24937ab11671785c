import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { straightOut } from '../../src/proxy/upstream/way-out.js';
import { ask, statusOf } from './support/ask.js';
import { dial } from './support/caller.js';
import { frame } from './support/frames.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { type Peer, takePeer } from './support/peer.js';

const nonce = '00112233445566778899aabb';
let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());
afterEach(() => expect(bugsOf(house)).toEqual([]));

/** How one asks for the name by each entrance, and how long the entrance's own answer is. */
const entrances = {
  connect: { say: (port: number) => `CONNECT shakedown.test:${port} HTTP/1.1\r\nHost: shakedown.test:${port}\r\n\r\n`, heard: 39 },
  socks4a: {
    say: (port: number) => `\x04\x01${String.fromCharCode(port >> 8, port & 0xff)}\x00\x00\x00\x01\x00shakedown.test\x00`,
    heard: 8,
  },
  socks5: {
    say: (port: number) => `\x05\x01\x00\x05\x01\x00\x03\x0eshakedown.test${String.fromCharCode(port >> 8, port & 0xff)}`,
    heard: 12,
  },
} as const;

/** A tunnel to the name, TLS opened where the port wants it. */
const tunnel = async (by: keyof typeof entrances, port: 80 | 443): Promise<{ peer: Peer; localPort: number }> => {
  const raw: Socket = await dial(house.port);
  const localPort = raw.localPort ?? 0;
  const { say, heard } = entrances[by];
  raw.write(Buffer.from(say(port), 'latin1'));
  for (let held = 0; held < heard; ) {
    const chunk: Buffer | null = raw.read(heard - held) ?? raw.read();
    if (chunk === null) await once(raw, 'readable');
    else held += chunk.length;
  }
  if (port === 80) return { peer: takePeer(raw), localPort };
  const stream: TLSSocket = connect({ socket: raw, servername: 'shakedown.test', ca: house.ca, ALPNProtocols: ['h2', 'http/1.1'] });
  await once(stream, 'secureConnect');
  return { peer: takePeer(stream, raw), localPort };
};

const request = (path: string, ...fields: string[]): Buffer =>
  Buffer.from([`GET ${path} HTTP/1.1`, 'Host: shakedown.test', ...fields, 'Connection: close', '', ''].join('\r\n'));

describe.each(['connect', 'socks5', 'socks4a'] as const)('shakedown.test by %s', (by) => {
  it.each([80, 443] as const)('at port %i shows the page, and nothing is found wrong', async (port) => {
    const { peer, localPort } = await tunnel(by, port);
    await peer.send(request('/'));
    await peer.ended();
    const answer = peer.received().toString();
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain("Content-Security-Policy: default-src 'none'; script-src 'sha256-");
    expect(answer).toContain('<h1>shakedown is running</h1>');
    peer.fin();
    const [exchange] = await house.exchanges(localPort);
    expect(exchange).toMatchObject({ kind: 'http', outcome: 'answered', target: { scheme: port === 80 ? 'http' : 'https' } });
    if (port === 443) expect(exchange?.server?.tls).toMatchObject({ authorized: true, alpn: 'http/1.1', sni: 'shakedown.test' });
    expect(exchange && diagnose(exchange)).toEqual([]);
  });

  it.each([80, 443] as const)('at port %i opens a WebSocket that says its nonce and nothing else', async (port) => {
    const { peer, localPort } = await tunnel(by, port);
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const head = `GET /echo?nonce=${nonce} HTTP/1.1\r\nHost: shakedown.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nOrigin: http://shakedown.test\r\n\r\n`;
    await peer.send(Buffer.from(head));
    await peer.bytes(129);
    expect(peer.received().toString()).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    );
    await peer.send(frame({ opcode: 1, payload: nonce, masked: true }));
    await peer.bytes(129 + 26);
    expect(peer.received().subarray(129)).toEqual(frame({ opcode: 1, payload: nonce, masked: false }));
    await peer.send(frame({ opcode: 8, payload: Uint8Array.of(3, 232), masked: true }));
    await peer.ended();
    peer.fin();
    const [exchange] = await house.exchanges(localPort);
    expect(exchange).toMatchObject({ kind: 'websocket', outcome: 'closed' });
    expect(exchange && diagnose(exchange)).toEqual([]);
  });
});

describe('shakedown.test in front of an upstream proxy', () => {
  it('is reached without it', async () => {
    // Port 9 of loopback: nothing listens there.
    const proxy = { scheme: 'http', host: '127.0.0.1', port: 9, credentials: null } as const;
    await using home = await startHouse({ out: { ...straightOut, upstream: proxy } });
    const { answer } = await ask(home, 'GET http://shakedown.test/ HTTP/1.1\r\nHost: shakedown.test\r\nConnection: close\r\n\r\n');
    expect(statusOf(answer)).toBe(200);
    const { answer: other } = await ask(home, 'GET http://app.test/ HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\r\n');
    expect(statusOf(other)).toBe(502);
  });
});

describe('shakedown.test in absolute form', () => {
  it.each(['http', 'https'])('goes the whole way over %s', async (scheme) => {
    const { answer, exchange } = await ask(
      house,
      `GET ${scheme}://shakedown.test/ca.pem HTTP/1.1\r\nHost: shakedown.test\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain(house.ca);
    expect(exchange.server?.peer?.address).toBe('127.0.0.1');
    expect(diagnose(exchange)).toEqual([]);
  });

  it('is anyone else’s host at another port', async () => {
    const { answer } = await ask(house, 'GET http://shakedown.test:8080/ HTTP/1.1\r\nHost: shakedown.test:8080\r\n\r\n');
    expect(statusOf(answer)).toBe(502);
  });

  it('does not answer for another host, however the request got there', async () => {
    const { answer } = await ask(house, 'GET http://shakedown.test/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    expect(statusOf(answer)).not.toBe(200);
  });
});

describe('the page at the port itself', () => {
  const get = (path: string, fields = '') => ask(house, `GET ${path} HTTP/1.1\r\n${fields}\r\n`);

  it.each(['127.0.0.1:8101', 'localhost', '[::1]:8101', '192.0.2.7:8101', 'shakedown.test'])('is shown for the Host %s', async (host) => {
    expect(statusOf((await get('/', `Host: ${host}\r\n`)).answer)).toBe(200);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.', '127.1', 'localhost.evil.example:8101'])(
    'is not shown for the Host %s, which a page may have pointed here',
    async (host) => {
      const { answer } = await get('/', `Host: ${host}\r\n`);
      expect(statusOf(answer)).toBe(421);
      expect(answer).not.toContain('ca.pem');
    },
  );

  it('hands the CA out as PEM and as DER', async () => {
    expect((await get('/ca.pem')).answer).toContain(house.ca);
    const raw = await dial(house.port);
    const peer = takePeer(raw);
    await peer.send(Buffer.from('GET /ca.crt HTTP/1.1\r\n\r\n'));
    await peer.ended();
    peer.fin();
    const whole = peer.received();
    expect(whole.toString('latin1')).toContain('Content-Type: application/x-x509-ca-cert\r\n');
    const der = Buffer.from(house.ca.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(whole.subarray(whole.indexOf('\r\n\r\n') + 4)).toEqual(der);
  });

  it('answers no check: who asks here did not come through the proxy', async () => {
    expect(statusOf((await get(`/check?nonce=${nonce}`)).answer)).toBe(404);
  });

  it('takes nothing but GET and HEAD', async () => {
    expect(statusOf((await ask(house, 'POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n')).answer)).toBe(405);
    const { answer } = await ask(house, 'HEAD / HTTP/1.1\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n$/);
  });
});

describe('the self-check', () => {
  const check = async (path: string, ...fields: string[]): Promise<string> => {
    const { peer } = await tunnel('connect', 80);
    await peer.send(request(path, ...fields));
    await peer.ended();
    peer.fin();
    return peer.received().toString();
  };

  it('gives the nonce back, and lets our own pages read it', async () => {
    for (const origin of [
      'http://shakedown.test',
      'https://shakedown.test',
      `http://127.0.0.1:${house.port}`,
      `http://localhost:${house.port}`,
    ]) {
      const answer = await check(`/check?nonce=${nonce}`, `Origin: ${origin}`);
      expect(answer).toContain(`\r\nAccess-Control-Allow-Origin: ${origin}\r\n`);
      expect(answer).toContain(`"nonce":"${nonce}"`);
    }
  });

  it.each(['http://evil.example', 'null', 'http://1.2.3.4', 'http://127.0.0.1:1', 'http://shakedown.test.evil.example', 'file://'])(
    'lets no page of %s read it, nor open the socket',
    async (origin) => {
      expect(await check(`/check?nonce=${nonce}`, `Origin: ${origin}`)).not.toContain('Access-Control');
      const { peer } = await tunnel('connect', 80);
      await peer.send(
        Buffer.from(
          `GET /echo?nonce=${nonce} HTTP/1.1\r\nHost: shakedown.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${origin}\r\n\r\n`,
        ),
      );
      await peer.ended();
      peer.fin();
      expect(statusOf(peer.received().toString())).toBe(403);
    },
  );

  it.each(['/check', '/check?nonce=', '/check?nonce=<script>', `/check?nonce=${'a'.repeat(65)}`, `/check?nonce=${nonce}&x=1`])(
    'takes no other nonce than hex digits: %s',
    async (path) => {
      expect(statusOf(await check(path))).toBe(400);
    },
  );
});

describe('the echo', () => {
  const opened = async (): Promise<Peer> => {
    const { peer } = await tunnel('connect', 80);
    const head = `GET /echo?nonce=${nonce} HTTP/1.1\r\nHost: shakedown.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
    await peer.send(Buffer.from(head));
    await peer.bytes(129);
    return peer;
  };
  const closeOf = async (peer: Peer): Promise<number> => {
    await peer.ended();
    peer.fin();
    const heard = peer.received();
    expect(heard.at(-4)).toBe(0x88);
    return heard.readUInt16BE(heard.length - 2);
  };

  it.each([
    ['another text', frame({ opcode: 1, payload: 'hello', masked: true }), 1008],
    ['a binary message', frame({ opcode: 2, payload: nonce, masked: true }), 1008],
    ['a long message', frame({ opcode: 1, payload: nonce.repeat(100), masked: true }), 1008],
    ['a fragment', frame({ opcode: 1, payload: nonce, fin: false, masked: true }), 1002],
    ['no mask', frame({ opcode: 1, payload: nonce, masked: false }), 1002],
    ['five times the nonce', Buffer.concat(Array.from({ length: 5 }, () => frame({ opcode: 1, payload: nonce, masked: true }))), 1008],
  ])('closes at %s', async (_, said, code) => {
    const peer = await opened();
    await peer.send(said);
    expect(await closeOf(peer)).toBe(code);
    expect(peer.received().toString('latin1')).not.toContain('hello');
  });
});
