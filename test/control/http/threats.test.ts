import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../src/control/http/routes.js';
import { call } from '../../proxy/support/caller.js';
import { type ControlHouse, say, startControlHouse } from './support.js';

let api: ControlHouse;
beforeAll(async () => {
  api = await startControlHouse();
});
afterAll(() => api[Symbol.asyncDispose]());

/** What would show that somebody got through. */
const state = async () => {
  const { control } = api.house.engine;
  return JSON.stringify([await control.armed(), await control.holds(), (await control.rows({ from: 0, limit: 10 })).total]);
};

const bodies: Readonly<Record<string, unknown>> = {
  armFault: { choice: 'drop-upgrade' },
  addHold: { at: 'request' },
  replaceRules: { rules: [] },
  injectFrame: { to: 'client', type: 'text', text: 'x' },
  releaseHeld: { action: 'drop' },
};

describe('a request that a web page could make changes nothing (T01)', () => {
  const strangers: readonly (readonly [string, Readonly<Record<string, string | null>>, readonly number[]])[] = [
    ['no token', { authorization: null }, [401]],
    ['a wrong token', { authorization: `Bearer ${'A'.repeat(43)}` }, [401]],
    ['a token as a password', { authorization: `Basic ${Buffer.from('x:y').toString('base64')}` }, [401]],
    ['a foreign Origin', { origin: 'http://evil.example' }, [403]],
    ['the Origin null', { origin: 'null' }, [403]],
    ['our own address as Origin', { origin: 'OWN' }, [403]],
    ['Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site' }, [403]],
    ['Sec-Fetch-Site same-origin', { 'sec-fetch-site': 'same-origin' }, [403]],
    ['a simple form', { 'content-type': 'text/plain', authorization: null }, [401]],
  ];
  for (const [name, headers, statuses] of strangers) {
    it(`with ${name}, on every route`, async () => {
      const before = await state();
      for (const route of routes) {
        const path = route.path.replace(/\{\w+\}/g, '1');
        const own = Object.fromEntries(
          Object.entries(headers).map(([field, value]) => [field, value === 'OWN' ? `http://127.0.0.1:${api.port}` : value]),
        );
        const answer = await api.ask(route.method, path, { headers: own, ...(route.body && { body: bodies[route.id] ?? {} }) });
        expect(statuses, `${route.method} ${path}`).toContain(answer.status);
        expect(answer.headers['content-type']).toBe('application/problem+json');
        expect(Object.keys(answer.headers).filter((field) => field.startsWith('access-control'))).toEqual([]);
      }
      expect(await state()).toBe(before);
    });
  }

  it('with a body of another type is not read as JSON', async () => {
    const before = await state();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])
      expect((await api.ask('POST', '/v1/armed', { body: { choice: 'drop-upgrade' }, headers: { 'content-type': type } })).status).toBe(
        415,
      );
    expect(await state()).toBe(before);
  });

  it('as a preflight gets no permission', async () => {
    const preflight = { origin: 'http://evil.example', 'access-control-request-method': 'POST', authorization: null };
    const answer = await api.ask('OPTIONS', '/v1/armed', { headers: preflight });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((field) => field.startsWith('access-control'))).toEqual([]);
  });

  it('the token of an earlier run is worth nothing', async () => {
    await using other = await startControlHouse();
    expect(other.token).not.toBe(api.token);
    expect(Buffer.from(other.token, 'base64url')).toHaveLength(32);
    expect((await api.ask('GET', '/v1/info', { headers: { authorization: `Bearer ${other.token}` } })).status).toBe(401);
  });
});

describe('a name that leads here by DNS is refused (T02)', () => {
  const own = () => `Authorization: Bearer ${api.token}`;
  const ask = (head: string) => say(api.port, `${head}\r\n\r\n`);
  it.each([
    ['evil.example'],
    ['evil.example:PORT'],
    ['127.0.0.1.evil.example:PORT'],
    ['localhost.:PORT'],
    ['127.1:PORT'],
    ['2130706433:PORT'],
    ['0.0.0.0:PORT'],
    ['127.0.0.1'],
    ['127.0.0.1:1'],
    ['user@127.0.0.1:PORT'],
    [''],
  ])('as Host %j', async (host) => {
    const answer = await ask(`GET /v1/info HTTP/1.1\r\nHost: ${host.replace('PORT', String(api.port))}\r\n${own()}`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('without a Host, with two, and in absolute form', async () => {
    const good = `Host: 127.0.0.1:${api.port}`;
    expect(await ask(`GET /v1/info HTTP/1.1\r\n${own()}`)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask(`GET /v1/info HTTP/1.0\r\n${own()}`)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask(`GET /v1/info HTTP/1.1\r\n${good}\r\nHost: evil.example\r\n${own()}`)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask(`GET http://evil.example/v1/info HTTP/1.1\r\n${good}\r\n${own()}`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('its own names are let in', async () => {
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])
      expect(await ask(`GET /v1/info HTTP/1.1\r\nHost: ${host}:${api.port}\r\nConnection: close\r\n${own()}`)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('there is no WebSocket to the control API (T03)', () => {
  it.each([
    ['Origin: http://evil.example'],
    ['Origin: http://1.2.3.4'],
    ['Origin: null'],
    ['Origin: http://localhost:1'],
    ['Origin: file://'],
    ['X-None: 1'],
  ])('an upgrade with %s gets 403 and not one frame, with the token or without', async (field) => {
    for (const token of [`Authorization: Bearer ${api.token}\r\n`, '']) {
      const upgrade =
        'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13';
      const answer = await say(
        api.port,
        `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\n${field}\r\n${token}${upgrade}\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 403 [^\0]*\}$/);
    }
  });

  it('a CONNECT to it opens no tunnel', async () => {
    const answer = await say(
      api.port,
      `CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nAuthorization: Bearer ${api.token}\r\n\r\n`,
    );
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
  });
});

describe('the proxy leads nobody to the control API (T04)', () => {
  it.each([
    ['127.0.0.1'],
    ['localhost'],
    ['0.0.0.0'],
    ['127.1'],
    ['2130706433'],
    ['0x7f000001'],
    ['[::ffff:127.0.0.1]'],
    ['[::1]'],
    ['127.0.0.2'],
  ])('by CONNECT and in absolute form to %s', async (name) => {
    const place = `${name}:${api.port}`;
    const connected = await say(api.house.port, `CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n\r\n`);
    expect(connected).toMatch(/^HTTP\/1\.1 [45]/);
    const asked = await say(
      api.house.port,
      `GET http://${place}/v1/info HTTP/1.1\r\nHost: ${place}\r\nAuthorization: Bearer ${api.token}\r\nConnection: close\r\n\r\n`,
    );
    expect(asked).toMatch(/^HTTP\/1\.1 [45]/);
    expect(asked).not.toContain('leafPin');
  });

  it('by SOCKS5', async () => {
    await expect(
      call({ way: 'socks5', proxyPort: api.house.port, originPort: api.port }).then((caller) => caller.ended()),
    ).resolves.toBeUndefined();
    expect(api.house.events.findLast((event) => event.type === 'dial-failed')).toMatchObject({ failure: { code: 'SHK_LOOP' } });
  });
});

describe('what is sent is bounded', () => {
  it('a body over 1 MiB gets 413, announced or not', async () => {
    const body = JSON.stringify({ choice: 'x'.repeat(1024 * 1024) });
    expect((await api.ask('POST', '/v1/armed', { body })).status).toBe(413);
    const head = `POST /v1/armed HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nAuthorization: Bearer ${api.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    expect(await say(api.port, head + chunk.repeat(17))).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('a head over 16 KiB is refused', async () => {
    expect(await say(api.port, `GET /v1/info HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4/,
    );
  });

  it('names of objects of JavaScript are names like others (T27)', async () => {
    const answer = await api.ask('POST', '/v1/armed', { body: '{"fault":"drop-upgrade","params":{"__proto__":{"x":1}}}' });
    expect(answer.status).toBe(400);
    expect(({} as { x?: unknown }).x).toBeUndefined();
    for (const path of ['/v1/exchanges/__proto__', '/v1/exchanges/constructor']) expect((await api.ask('GET', path)).status).toBe(404);
    expect((await api.ask('GET', '/v1/exchanges?constructor=1')).status).toBe(400);
  });

  it('a deep body is refused at once', async () => {
    const deep = `{"params":${'['.repeat(300_000)}${']'.repeat(300_000)}}`;
    expect((await api.ask('POST', '/v1/armed', { body: deep })).status).toBe(400);
  });

  it('no more than 64 connections are open at one time', async () => {
    await using own = await startControlHouse();
    let open = 80;
    const sockets = await new Promise<readonly Socket[]>((resolve) => {
      const all = Array.from({ length: open }, () =>
        connect({ port: own.port, host: '127.0.0.1' })
          .on('error', () => {})
          .on('close', () => --open === 64 && resolve(all)),
      );
    });
    for (const socket of sockets) socket.destroy();
    // As soon as their ends have been heard of there is room again.
    let answered: number | null = null;
    while (answered === null)
      answered = await own.ask('GET', '/v1/info').then(
        ({ status }) => status,
        () => null,
      );
    expect(answered).toBe(200);
  });

  it('the token is in no event, so in no recording, and in no answer', async () => {
    await using own = await startControlHouse();
    for (const path of ['/v1/info', '/v1/openapi.json', '/v1/metrics', '/v1/exchanges'])
      expect((await own.ask('GET', path)).text).not.toContain(own.token);
    expect(own.house.events.some((event) => JSON.stringify(event).includes(own.token))).toBe(false);
  });
});
