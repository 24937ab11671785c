import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineOptions } from '../../../src/control/options.js';
import { parseReverse } from '../../../src/control/reverse-target.js';
import { type Access, loopbackOnly } from '../../../src/proxy/access/access.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { statusOf } from '../support/ask.js';
import { within } from '../support/deadline.js';
import { connectTo, good, guestOf, knock, lan, openIn } from '../support/guest-words.js';
import { bugsOf, type House, startHouse } from '../support/house.js';
import { dialFrom, otherMachine, talkOver } from '../support/other-machine.js';

// An address of loopback stands for another machine: nothing is sent anywhere, and no interface is needed.
vi.mock('../../../src/proxy/access/addresses.js', async (original) => {
  const real = await original<typeof import('../../../src/proxy/access/addresses.js')>();
  return { ...real, isLoopbackAddress: (address: string) => address !== '127.0.0.2' && real.isLoopbackAddress(address) };
});

const houses: House[] = [];
const homeWith = async (access: Access, more: Partial<EngineOptions> = {}): Promise<House> => {
  const home = await startHouse({ access, ...more });
  houses.push(home);
  return home;
};

let echo: EchoServer;
let open: House;
beforeAll(async () => {
  echo = await startEchoServer();
  open = await homeWith(lan);
});
afterAll(async () => {
  for (const home of houses) await home[Symbol.asyncDispose]();
  await echo.close();
});
// Nothing that a guest says may be a bug of ours.
afterEach(() => {
  for (const home of houses) expect(bugsOf(home)).toEqual([]);
});

describe('without --allow-lan', () => {
  it('another machine is turned away before it has said a word, and the user is told once', async () => {
    const home = await homeWith(loopbackOnly);
    for (let i = 0; i < 2; i++) {
      expect(await knock(home)).toBe('turned away');
    }
    expect(home.events.filter((event) => event.type === 'notice' && event.level === 'warning')).toMatchObject([
      { level: 'warning', text: 'A client at 127.0.0.2 was turned away: only clients of this machine are let in.' },
    ]);
    expect(home.events.some((event) => event.type === 'opened')).toBe(false);
  });

  it('nor with it, while there are no credentials', async () => {
    expect(await knock(await homeWith({ ...lan, credentials: null }))).toBe('turned away');
  });
});

describe('another machine', () => {
  it('is asked for credentials at CONNECT, and tries again on the same connection', async () => {
    const guest = await guestOf(open);
    const asked = await guest.asks(connectTo(echo.port));
    expect(asked).toMatch(/^HTTP\/1\.1 407 Proxy Authentication Required\r\n/);
    expect(asked).toContain('\r\nProxy-Authenticate: Basic realm="shakedown"\r\n');
    expect(asked).not.toMatch(/^connection:/im);
    expect(asked).toContain('shakedown: this proxy wants a user name and a password.');
    expect(statusOf(await guest.asks(connectTo(echo.port, good)))).toBe(200);
    expect(statusOf(await guest.asks(openIn(echo.port)))).toBe(101);
    guest.fin();
    const [refused, opened] = await open.exchanges(guest.localPort, 2);
    expect(refused).toMatchObject({
      ...{ entrance: 'connect', outcome: 'failed', refusal: { status: 407, why: 'proxy-auth' }, server: null },
      ...{ door: { request: connectTo(echo.port) }, target: { host: '127.0.0.1', port: echo.port } },
    });
    expect(refused?.client).toMatchObject({ bytesIn: connectTo(echo.port).length, bytesOut: asked.length });
    expect(opened).toMatchObject({ entrance: 'connect', outcome: 'closed', refusal: null });
    const detail = await open.engine.control.detail(refused?.id ?? '');
    expect(detail?.findings[0]).toMatchObject({
      code: 'intermediary.proxy-auth-required',
      title: expect.stringContaining("shakedown's own port"),
    });
  });

  it.each([
    ['another password', `Proxy-Authorization: Basic ${btoa('me:se:cre')}\r\n`],
    ['another user', `Proxy-Authorization: Basic ${btoa('you:se:cret')}\r\n`],
    ['none', 'Proxy-Authorization: Basic Og==\r\n'],
    ['nothing', 'Proxy-Authorization:\r\n'],
    ['another scheme', `Proxy-Authorization: Bearer ${btoa('me:se:cret')}\r\n`],
    ['words behind', `Proxy-Authorization: Basic ${btoa('me:se:cret')} x\r\n`],
    ['the field for the server', `Authorization: Basic ${btoa('me:se:cret')}\r\n`],
  ])('is not let in by %s', async (_, fields) => {
    const guest = await guestOf(open);
    expect(statusOf(await guest.asks(connectTo(echo.port, fields)))).toBe(407);
    guest.fin();
  });

  it.each([`proxy-authorization:basic ${btoa('me:se:cret')}\r\n`, `PROXY-AUTHORIZATION: BASIC  ${btoa('me:se:cret')} \r\n`])(
    'is let in however it spells the field: %s',
    async (fields) => {
      const guest = await guestOf(open);
      expect(statusOf(await guest.asks(connectTo(echo.port, fields)))).toBe(200);
      guest.fin();
    },
  );

  it.each([
    ['HTTP/1.0', connectTo(1).replace('HTTP/1.1', 'HTTP/1.0')],
    ['Connection: close', connectTo(1, 'Connection: close\r\n')],
    ['Proxy-Connection: close', connectTo(1, 'proxy-connection: Close\r\n')],
    ['a body', `POST http://127.0.0.1:1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Length: 5\r\n\r\nhello`],
    ['a head that can be read in two ways', 'GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  ])('does not keep its connection after a 407 with %s', async (_, said) => {
    const guest = await guestOf(open);
    expect(await guest.asks(said)).toMatch(/^HTTP\/1\.1 407 [\s\S]*\r\nConnection: close\r\n/);
    await within(guest.ended(), () => 'it is not closed');
    guest.fin();
  });

  it('is asked for credentials at a handshake in absolute form; the server does not hear them', async () => {
    const guest = await guestOf(open);
    const url = `http://127.0.0.1:${echo.port}/absolute`;
    expect(statusOf(await guest.asks(openIn(echo.port, '', url)))).toBe(407);
    expect(statusOf(await guest.asks(openIn(echo.port, good, url)))).toBe(101);
    expect(echo.seen.at(-1)).toMatchObject({ url: '/absolute' });
    expect(echo.seen.at(-1)?.rawHeaders.join()).not.toMatch(/authorization/i);
    guest.fin();
  });

  it('is asked for them at every request of a plain connection', async () => {
    await using server = await plainServer();
    const guest = await guestOf(open);
    const url = `http://127.0.0.1:${server.port}/`;
    const get = (fields = '', method = 'GET') => `${method} ${url} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${fields}\r\n`;
    const statuses = [];
    for (const said of [get('', 'HEAD'), get(), get(good), get(), get(good)]) statuses.push(statusOf(await guest.asks(said)));
    expect(statuses).toEqual([407, 407, 200, 407, 200]);
    expect(statusOf(await guest.asks(openIn(server.port, '', url)))).toBe(407);
    await within(guest.ended(), () => 'it is not closed');
    guest.fin();
    expect(server.heard).toEqual([`host: 127.0.0.1:${server.port}`, `host: 127.0.0.1:${server.port}`]);
  });

  it('is asked for them inside TLS to the port', async () => {
    const raw = await dialFrom(otherMachine, open.port);
    const stream = tlsConnect({ socket: raw.raw, host: '127.0.0.1', ca: open.ca });
    await new Promise((resolve) => stream.once('secureConnect', resolve));
    const guest = talkOver(stream, raw.raw);
    expect(statusOf(await guest.asks(connectTo(echo.port)))).toBe(407);
    expect(statusOf(await guest.asks(connectTo(echo.port, good)))).toBe(200);
    expect(statusOf(await guest.asks(openIn(echo.port)))).toBe(101);
    guest.fin();
  });

  const password = (user: string, secret: string) =>
    Buffer.from([1, user.length, ...Buffer.from(user), secret.length, ...Buffer.from(secret)]);
  const socks5 = (port: number) => Uint8Array.of(5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 0xff);

  it('says them to SOCKS5 (RFC 1929)', async () => {
    const guest = await guestOf(open);
    expect(await guest.says(Uint8Array.of(5, 2, 0, 2), 2)).toEqual(Buffer.of(5, 2));
    expect(await guest.says(password('me', 'se:cret'), 2)).toEqual(Buffer.of(1, 0));
    expect((await guest.says(socks5(echo.port), 10))[1]).toBe(0);
    expect(statusOf(await guest.asks(openIn(echo.port)))).toBe(101);
    guest.fin();
    expect(await open.exchanges(guest.localPort)).toMatchObject([{ entrance: 'socks5', outcome: 'closed' }]);
  });

  it.each([
    ['that offers no password', Uint8Array.of(5, 1, 0), 2, '05ff', 'offers no user name and password'],
    ['with another password', Buffer.concat([Buffer.of(5, 1, 2), password('me', 'x')]), 4, '05020101', 'not the ones'],
    ['with the parts shifted', Buffer.concat([Buffer.of(5, 1, 2), password('me:se', 'cret')]), 4, '05020100', ''],
    ['that says something else', Uint8Array.of(5, 1, 2, 9, 9), 2, '0502', 'password is not complete'],
    ['by SOCKS4a', Uint8Array.of(4, 1, 0, 80, 0, 0, 0, 1, 0, 97, 0), 8, '005b000000000000', 'SOCKS4 has none'],
  ])('is not let in by SOCKS %s', async (_, said, count, reply, why) => {
    const guest = await guestOf(open);
    expect((await guest.says(said, count)).toString('hex')).toBe(reply);
    if (why === '') return guest.fin();
    await within(guest.ended(), () => 'it is not closed');
    guest.fin();
    const [exchange] = await open.exchanges(guest.localPort);
    expect(exchange?.refusal).toMatchObject({ why: 'proxy-auth', text: expect.stringContaining(why) });
    expect(exchange?.server).toBeNull();
  });

  it.each(['/', '/ca.pem', '/chat'])('is not shown what lies straight at the port: %s', async (path) => {
    const reverse = path === '/chat' ? parseReverse([echo.url]) : [];
    const home = await homeWith(lan, { reverse });
    const guest = await guestOf(home);
    const before = echo.seen.length;
    const answer = await guest.asks(path === '/chat' ? openIn(1, good, path) : `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(statusOf(answer)).toBe(403);
    expect(answer).toContain('--allow-from');
    expect(answer).toContain('X-Shakedown: not-let-in');
    guest.fin();
    expect(echo.seen.length).toBe(before);
    expect(await home.exchanges(guest.localPort)).toMatchObject([{ refusal: { why: 'not-let-in' } }]);
  });
});

const plainServer = async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const { rawHeaders } = request;
    heard.push(rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`.toLowerCase()] : [])).join());
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    heard,
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
