import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { within } from './support/deadline.js';
import { bugsOf } from './support/house.js';
import { ended, latin1, type PlainWorld, plainWays, startPlainWorld, until } from './support/plain-visit.js';

let world: PlainWorld;
beforeAll(async () => {
  world = await startPlainWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => {
  for (const home of [world.house, world.reverse]) expect(bugsOf(home)).toEqual([]);
});

describe.each(plainWays)('a plain request (%s)', (way) => {
  it('may be the second and the third of its connection: each is an exchange, and they go one after the other', async () => {
    const to = await world.visit(way);
    const one = (path: string) => `GET ${to.target(path)} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`;
    await to.client.send(latin1(one('/1')));
    const server = await to.at.next();
    await until(server, '/1 HTTP/1.1');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none'));
    await until(to.client, 'one');
    // Pipelined: the third does not wait for the second's answer.
    await to.client.send(latin1(one('/2') + one('/3')));
    const two = await until(server, '/2 HTTP/1.1');
    expect(two).not.toContain('/3');
    await server.send(latin1('HTTP/1.1 404 No\r\nContent-Length: 3\r\n\r\ntwo'));
    await until(to.client, 'two');
    await until(server, '/3 HTTP/1.1');
    await server.send(latin1('HTTP/1.1 500 Oh\r\nContent-Length: 5\r\n\r\nthree'));
    await until(to.client, 'three');
    const exchanges = await ended(to, 3);
    expect(exchanges.map(({ status, target, outcome }) => [status, target?.path, outcome])).toEqual([
      [200, '/1', 'answered'],
      [404, '/2', 'answered'],
      [500, '/3', 'answered'],
    ]);
    expect(new Set(exchanges.map(({ connection }) => connection)).size).toBe(1);
  });

  it('may be followed by a handshake on the same connection', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/page')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage'));
    await until(to.client, 'page');
    const fields = `Host: ${to.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: k\r\n\r\n`;
    await to.client.send(Buffer.concat([latin1(`GET ${to.target('/socket')} HTTP/1.1\r\n${fields}`), Buffer.of(0x81, 0x80, 0, 0, 0, 0)]));
    const next = await to.at.next();
    const due = `GET /socket HTTP/1.1\r\n${fields}`;
    await next.bytes(due.length + 6);
    expect(next.received().toString('latin1')).toBe(`${due}\x81\x80\0\0\0\0`);
    await next.send(latin1('HTTP/1.1 101 S\r\n\r\n'));
    await until(to.client, 'HTTP/1.1 101 S\r\n\r\n');
    to.client.fin();
    await next.ended();
    next.fin();
    const exchanges = await ended(to, 2);
    expect(exchanges.map(({ kind, status }) => [kind, status])).toEqual([
      ['http', 200],
      ['websocket', 101],
    ]);
    expect(exchanges[1]).toMatchObject({ reserialised: true, frames: { fromClient: { frames: 1 } } });
  });

  it('with another upgrade (h2c) crosses as it is', async () => {
    const to = await world.visit(way);
    const fields = `Host: ${to.host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade:  h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n\r\n`;
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\n${fields}`));
    const server = await to.at.next();
    expect(await until(server, '\r\n\r\n')).toBe(`GET / HTTP/1.1\r\n${fields}`);
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno'));
    await until(to.client, '\r\n\r\nno');
    to.client.fin();
    await server.ended();
    server.fin();
    expect((await ended(to))[0]).toMatchObject({ kind: 'http', outcome: 'answered', status: 200 });
  });
});

describe('a plain request and its answer', () => {
  it('of HTTP/1.0 get no chunks', async () => {
    const to = await world.visit('connect');
    await to.client.send(latin1('GET / HTTP/1.0\r\n\r\n'));
    const server = await to.at.next();
    expect(await until(server, '\r\n\r\n')).toBe('GET / HTTP/1.1\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'));
    await within(to.client.ended(), () => 'the answer does not end');
    expect(to.client.received().toString()).toBe('HTTP/1.1 200 OK\r\n\r\nhi');
    await ended(to);
  });

  it('to HEAD has a length and no body, and the connection goes on', async () => {
    const to = await world.visit('connect');
    await to.client.send(latin1('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n'));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n';
    await server.send(latin1(answer));
    await until(to.client, answer);
    await to.client.send(latin1('GET /next HTTP/1.1\r\nHost: a\r\n\r\n'));
    await until(server, '/next');
    await server.send(latin1('HTTP/1.1 204 No Content\r\n\r\n'));
    await until(to.client, '204 No Content');
    await ended(to, 2);
  });

  it('may have a head of 60 KiB', async () => {
    const to = await world.visit('absolute');
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\nCookie: ${'c'.repeat(60_000)}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1(`HTTP/1.1 200 OK\r\nX-Big: ${'b'.repeat(60_000)}\r\nContent-Length: 2\r\n\r\nok`));
    expect(await until(to.client, '\r\n\r\nok')).toContain('b'.repeat(60_000));
    await ended(to);
  });

  it("that Node's parser cannot read is refused with a word about it, and on record", async () => {
    const to = await world.visit('connect');
    const raw = 'GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n';
    await to.client.send(latin1(raw));
    expect(await until(to.client, 'cannot be read')).toContain('HTTP/1.1 400 Bad Request');
    await (await to.at.next()).ended();
    const [exchange] = await ended(to);
    expect(exchange).toMatchObject({
      refusal: { status: 400, why: 'bad-request' },
      notAHead: { clientSent: { raw, why: 'unknown-bytes' } },
    });
  });

  it('later on a connection are judged like the first', async () => {
    const to = await world.visit('absolute');
    const first = `GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`;
    for (const [second, why] of [
      [`GET ${to.target('/')} HTTP/1.1\r\nHost: other.test\r\n\r\n`, 'ambiguous-head'],
      ['GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n', 'bad-target'],
      ['GET /page HTTP/1.1\r\nHost: a.test\r\n\r\n', 'bad-target'],
    ] as const) {
      const again = await world.visit('absolute');
      await again.client.send(latin1(first));
      const server = await again.at.next();
      await until(server, '\r\n\r\n');
      await server.send(latin1('HTTP/1.1 204 No Content\r\n\r\n'));
      await until(again.client, '204 No Content');
      await again.client.send(latin1(second));
      expect(await until(again.client, `X-Shakedown: ${why}`)).toContain('HTTP/1.1 400 Bad Request');
      expect((await ended(again, 2))[1]).toMatchObject({ refusal: { why }, heads: { serverGot: null } });
    }
    await ended(to, 0);
  });
});
