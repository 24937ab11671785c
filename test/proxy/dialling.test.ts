import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseWayOut } from '../../src/control/way-out.js';
import { alternate, race, tellingAttempt } from '../../src/proxy/happy-eyeballs.js';
import { startEchoServer } from '../support/echo-server.js';
import { ask } from './support/ask.js';
import { startHouse } from './support/house.js';
import { connectHead } from './support/upstream-talk.js';

/** Sockets to addresses of TEST-NET-1 (RFC 5737), which stay silent for ever: nothing on this machine can be trusted to. */
const silent = vi.hoisted(() => ({ sockets: [] as Socket[] }));
vi.mock('node:net', async (original) => {
  const net = await original<typeof import('node:net')>();
  const connect = (options: { readonly host: string }): Socket => {
    if (!options.host.startsWith('192.0.2.')) return net.connect(options as never);
    const socket = new net.Socket();
    silent.sockets.push(socket);
    return socket;
  };
  return { ...net, connect };
});
vi.mock('../../src/proxy/limits.js', async (original) => {
  const { limits } = await original<typeof import('../../src/proxy/limits.js')>();
  return { limits: { ...limits, connectMs: 300, nextAddressMs: 50 } };
});

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const leave of leftovers.splice(0).reverse()) await leave();
  silent.sockets.length = 0;
});
const listening = async (host: string): Promise<number> => {
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  leftovers.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
const clock = { now: () => performance.now() };
const raced = async (port: number, ...addresses: readonly string[]) => {
  const { won, attempts } = await race(
    addresses.map((address) => ({ address, port })),
    clock,
    { nameOf: ({ address }) => address },
  );
  won?.socket.destroy();
  return { won: won?.candidate.address ?? null, attempts };
};

describe('racing addresses (RFC 8305)', () => {
  it.each([
    [
      ['::1', '::2', '::3', '1.1.1.1', '2.2.2.2'],
      ['::1', '1.1.1.1', '::2', '2.2.2.2', '::3'],
    ],
    [
      ['1.1.1.1', '2.2.2.2', '::1'],
      ['1.1.1.1', '::1', '2.2.2.2'],
    ],
    [['1.1.1.1'], ['1.1.1.1']],
    [[], []],
  ])('takes the families in turn: %j', (given, wanted) => {
    expect(alternate(given.map((address) => ({ address }))).map(({ address }) => address)).toEqual(wanted);
  });

  it('goes on at once when an address refuses, and tells of it', async () => {
    const port = await listening('127.0.0.1');
    const { won, attempts } = await raced(port, '127.0.0.9', '127.0.0.1');
    expect(won).toBe('127.0.0.1');
    expect(attempts).toEqual([{ address: '127.0.0.9', code: 'ECONNREFUSED', ms: expect.any(Number) }]);
    expect(attempts[0]?.ms).toBeLessThan(50);
  });

  it('does not wait for a silent address, which is destroyed when it is outrun', async () => {
    const port = await listening('127.0.0.1');
    const { won, attempts } = await raced(port, '192.0.2.1', '127.0.0.1');
    expect(won).toBe('127.0.0.1');
    expect(attempts).toEqual([{ address: '192.0.2.1', code: 'SHK_OUTRUN', ms: expect.any(Number) }]);
    expect(attempts[0]?.ms).toBeGreaterThanOrEqual(45);
    expect(silent.sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('does not try a further address when the first has answered while this process was busy', async () => {
    const port = await listening('127.0.0.1');
    const going = raced(port, '127.0.0.1', '192.0.2.1');
    const busyUntil = performance.now() + 120;
    while (performance.now() < busyUntil);
    expect(await going).toEqual({ won: '127.0.0.1', attempts: [] });
    expect(silent.sockets).toEqual([]);
  });

  it('does not try a further address when the first one answers', async () => {
    const port = await listening('127.0.0.1');
    expect(await raced(port, '127.0.0.1', '192.0.2.1')).toEqual({ won: '127.0.0.1', attempts: [] });
    expect(silent.sockets).toEqual([]);
  });

  it('tells every attempt when none connects, silent ones by their time', async () => {
    const port = await listening('127.0.0.1');
    const { won, attempts } = await raced(port, '127.0.0.9', '192.0.2.1', '192.0.2.2');
    expect(won).toBeNull();
    expect(attempts.map(({ address, code }) => [address, code])).toEqual([
      ['127.0.0.9', 'ECONNREFUSED'],
      ['192.0.2.1', 'ETIMEDOUT'],
      ['192.0.2.2', 'ETIMEDOUT'],
    ]);
    expect(silent.sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('names the failure that says most: no way to IPv6 says nothing of the server', () => {
    const attempts = ['ECONNREFUSED', 'ENETUNREACH'].map((code) => ({ address: 'x', code, ms: 1 }));
    expect(tellingAttempt(attempts)?.code).toBe('ECONNREFUSED');
    expect(tellingAttempt(attempts.slice(1))?.code).toBe('ENETUNREACH');
    expect(tellingAttempt([])).toBeUndefined();
  });
});

describe('--resolve', () => {
  const houseWith = async (...resolve: readonly string[]) => {
    const house = await startHouse({ out: parseWayOut({ resolve }) });
    leftovers.push(() => house[Symbol.asyncDispose]());
    return house;
  };
  const echo = async () => {
    const server = await startEchoServer();
    leftovers.push(() => server.close());
    return server;
  };

  it("takes the resolver's place, tries every address that it names, and is on record", async () => {
    const server = await echo();
    const house = await houseWith('nowhere.invalid=127.0.0.9', 'nowhere.invalid=127.0.0.1');
    const { answer, exchange } = await ask(
      house,
      `CONNECT NoWhere.invalid:${server.port} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: nowhere.invalid\r\nConnection: close\r\n\r\n`,
      false,
    );
    expect(answer).toContain('an echo server for WebSockets');
    expect(exchange.server?.peer).toEqual({ address: '127.0.0.1', port: server.port });
    expect(exchange.resolveOverride).toEqual(['nowhere.invalid=127.0.0.9', 'nowhere.invalid=127.0.0.1']);
    expect(exchange.dialAttempts).toEqual([{ address: '127.0.0.9', code: 'ECONNREFUSED', ms: expect.any(Number) }]);
    expect(exchange.target?.host).toBe('NoWhere.invalid');
  });

  it('may lead to another port, and for one port only', async () => {
    const server = await echo();
    const house = await houseWith(`api.invalid:443=127.0.0.1:${server.port}`);
    const { answer, exchange } = await ask(
      house,
      `CONNECT api.invalid:443 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: api.invalid\r\nConnection: close\r\n\r\n`,
      false,
    );
    expect(answer).toContain('an echo server for WebSockets');
    expect(exchange.server?.peer?.port).toBe(server.port);
    const other = await ask(house, 'CONNECT api.invalid:80 HTTP/1.1\r\n\r\n', false);
    expect(other.exchange.dialFailure?.code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it('cannot lead to shakedown itself', async () => {
    const house = await houseWith('loop.invalid=127.0.0.1');
    const { answer } = await ask(house, connectHead(house.port).replaceAll('127.0.0.1', 'loop.invalid'), false);
    expect(answer).toMatch(/^HTTP\/1\.1 508 /);
  });
});
