import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineOptions } from '../../../src/control/options.js';
import { parseReverse } from '../../../src/control/reverse-target.js';
import { parseWayOut } from '../../../src/control/way-out.js';
import { type Access, loopbackOnly } from '../../../src/proxy/access/access.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { statusOf } from '../support/ask.js';
import { connectTo, good, guestOf, knock, lan, openIn } from '../support/guest-words.js';
import { bugsOf, type House, startHouse } from '../support/house.js';
import { dialFrom } from '../support/other-machine.js';
import { startUpstream } from '../support/upstreams.js';

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
let shut: House;
beforeAll(async () => {
  echo = await startEchoServer();
  shut = await homeWith({ ...lan, privateTargets: false });
});
afterAll(async () => {
  for (const home of houses) await home[Symbol.asyncDispose]();
  await echo.close();
});
// Nothing that a guest says may be a bug of ours.
afterEach(() => {
  for (const home of houses) expect(bugsOf(home)).toEqual([]);
});

describe('with --allow-from', () => {
  it('a listed machine sees what lies straight at the port, and needs credentials for the proxy still', async () => {
    const home = await homeWith(
      { ...lan, from: ['10.0.0.0/8', '127.0.0.2'], privateTargets: false },
      { reverse: parseReverse([echo.url]) },
    );
    const guest = await guestOf(home);
    expect(statusOf(await guest.asks(openIn(1)))).toBe(101);
    guest.fin();
    const other = await guestOf(home);
    expect(statusOf(await other.asks(connectTo(echo.port)))).toBe(407);
    other.fin();
  });

  it('another one is turned away at TCP level, with the right password too', async () => {
    const home = await homeWith({ ...lan, from: ['10.0.0.0/8', '127.0.0.3'] });
    expect(await knock(home, connectTo(echo.port, good))).toBe('turned away');
    expect(home.events).toContainEqual(
      expect.objectContaining({ text: 'A client at 127.0.0.2 was turned away: it is not within --allow-from.' }),
    );
    const local = await dialFrom('127.0.0.1', home.port);
    expect(statusOf(await local.asks(connectTo(echo.port)))).toBe(200);
    local.fin();
  });
});

describe('private addresses', () => {
  it.each(['127.0.0.1', 'localhost', 'a.localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '169.254.169.254', '10.1.2.3', '[fd00::1]'])(
    'are closed to another machine: %s',
    async (host) => {
      const guest = await guestOf(shut);
      const answer = await guest.asks(`CONNECT ${host}:${echo.port} HTTP/1.1\r\nHost: ${host}\r\n${good}\r\n`);
      expect(statusOf(answer)).toBe(403);
      expect(answer).toContain('X-Shakedown: private-target');
      expect(answer).toContain('--allow-lan=private');
      guest.fin();
      const [exchange] = await shut.exchanges(guest.localPort);
      expect(exchange).toMatchObject({ refusal: { why: 'private-target' }, dialFailure: { code: 'SHK_PRIVATE', attempts: [] } });
      const detail = await shut.engine.control.detail(exchange?.id ?? '');
      expect(detail?.findings).toMatchObject([
        { code: 'url.unreachable', title: expect.stringContaining('does not lead other machines to') },
      ]);
    },
  );

  it('are so by every entrance', async () => {
    const absolute = await guestOf(shut);
    expect(statusOf(await absolute.asks(openIn(echo.port, good, `ws://127.0.0.1:${echo.port}/`)))).toBe(403);
    absolute.fin();
    const plain = await guestOf(shut);
    expect(statusOf(await plain.asks(`GET http://127.0.0.1:${echo.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${echo.port}\r\n${good}\r\n`))).toBe(
      403,
    );
    plain.fin();
    const socks = await guestOf(shut);
    await socks.says(Uint8Array.of(5, 1, 2), 2);
    await socks.says(Buffer.from('\x01\x02me\x07se:cret'), 2);
    const reply = await socks.says(Uint8Array.of(5, 1, 0, 1, 127, 0, 0, 1, echo.port >> 8, echo.port & 0xff), 10);
    expect(reply[1]).toBe(2);
    socks.fin();
  });

  it('are open to the clients of this machine', async () => {
    const local = await dialFrom('127.0.0.1', shut.port);
    expect(statusOf(await local.asks(connectTo(echo.port)))).toBe(200);
    local.fin();
  });
});

describe('chosen credentials', () => {
  it('are asked of the clients of this machine too, but not of a replay', async () => {
    const home = await homeWith({ ...loopbackOnly, credentials: { user: 'me', password: 'se:cret' }, askAll: true });
    expect(home.engine.info.proxy).toBe(`http://me:se%3Acret@127.0.0.1:${home.port}`);
    const local = await dialFrom('127.0.0.1', home.port);
    expect(statusOf(await local.asks(connectTo(echo.port)))).toBe(407);
    expect(statusOf(await local.asks(connectTo(echo.port, good)))).toBe(200);
    expect(statusOf(await local.asks(openIn(echo.port)))).toBe(101);
    local.fin();
    const [, opened] = await home.exchanges(local.localPort, 2);
    const socks = await dialFrom('127.0.0.1', home.port);
    expect(await socks.says(Buffer.from('\x05\x01\x02'), 2)).toEqual(Buffer.of(5, 2));
    await socks.says(Buffer.from('\x01\x02me\x07se:cret'), 2);
    await socks.says(Uint8Array.of(5, 1, 0, 1, 127, 0, 0, 1, echo.port >> 8, echo.port & 0xff), 10);
    expect(statusOf(await socks.asks(openIn(echo.port)))).toBe(101);
    socks.fin();
    const [bySocks] = await home.exchanges(socks.localPort);
    for (const exchange of [opened, bySocks]) {
      expect(await home.engine.control.replay(exchange?.id ?? '', [])).toMatchObject({ same: true, differences: [] });
    }
  });

  it('are not told to an upstream proxy', async () => {
    await using upstream = await startUpstream('http');
    const out = parseWayOut({ upstreamProxy: `http://127.0.0.1:${upstream.port}` });
    const home = await homeWith({ ...loopbackOnly, credentials: { user: 'me', password: 'se:cret' }, askAll: true }, { out });
    const [tunnel, plain] = [await dialFrom('127.0.0.1', home.port), await dialFrom('127.0.0.1', home.port)];
    expect(statusOf(await tunnel.asks(connectTo(echo.port, good)))).toBe(200);
    tunnel.fin();
    await plain.asks(`GET http://127.0.0.1:${echo.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${echo.port}\r\n${good}\r\n`);
    plain.fin();
    expect(upstream.heads.map((head) => head.split(' ', 1)[0])).toEqual(['CONNECT', 'GET']);
    expect(upstream.heads.join()).not.toMatch(/authorization/i);
  });

  it('do not open by an upstream proxy what is closed to another machine', async () => {
    await using upstream = await startUpstream('http');
    const out = parseWayOut({ upstreamProxy: `http://127.0.0.1:${upstream.port}` });
    const home = await homeWith({ ...lan, privateTargets: false }, { out });
    for (const host of ['127.0.0.1', 'v4.localhost', '169.254.169.254']) {
      const guest = await guestOf(home);
      expect(statusOf(await guest.asks(`CONNECT ${host}:${echo.port} HTTP/1.1\r\nHost: ${host}\r\n${good}\r\n`))).toBe(403);
      guest.fin();
    }
    expect(upstream.asked).toEqual([]);
  });

  it('are no secret that an event tells', () => {
    const home = houses.find(({ engine }) => engine.info.lan);
    expect(home?.events.find((event) => event.type === 'notice')).toMatchObject({
      level: 'warning',
      text: expect.stringContaining('beyond this machine'),
    });
    for (const { events } of houses) {
      const told = JSON.stringify(events.filter((event) => event.exchange === ''));
      expect(told).not.toContain('se:cret');
      expect(told).not.toContain('se%3Acret');
    }
  });
});
