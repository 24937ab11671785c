import { createHash, randomBytes } from 'node:crypto';
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
  it('reaches the server with its exact path and its fields as they came, and the answer comes back so', async () => {
    const to = await world.visit(way);
    const path = '/a//b/../c?x=//y|{}&q=%zz';
    await to.client.send(
      latin1(
        `GET ${to.target(path)} HTTP/1.1\r\nhOsT: ${to.host}\r\nX-One: 1\r\nproxy-connection: keep-alive\r\nx-TWO: 2\r\nX-One: 3\r\nX-Empty:\r\n\r\n`,
      ),
    );
    const server = await to.at.next();
    const heard = await until(server, '\r\n\r\n');
    // Duplicates stand where the first one stood: Node's client writes them so.
    expect(heard).toBe(`GET ${path} HTTP/1.1\r\nhOsT: ${to.host}\r\nX-One: 1\r\nX-One: 3\r\nx-TWO: 2\r\nX-Empty: \r\n\r\n`);
    const answer = 'HTTP/1.1 299 Odd Reason\r\nsEt-CoOkIe: a=1\r\nX-B: 2\r\nSet-Cookie: b=2\r\nCONTENT-length: 5\r\n\r\nhello';
    await server.send(latin1(answer));
    expect(await until(to.client, 'hello')).toBe(answer);
    server.fin();
    const [exchange] = await ended(to);
    expect(exchange).toMatchObject({ kind: 'http', outcome: 'answered', status: 299, reserialised: true });
    expect(exchange?.target?.path).toBe(path);
    expect(exchange?.heads.serverGot?.raw).toBe(heard);
    expect(exchange?.heads.clientGot?.raw).toBe(answer.slice(0, -5));
    expect(exchange?.client).toMatchObject({ bytesOut: to.client.door.heard + answer.length });
    expect(exchange?.server).toMatchObject({ bytesIn: answer.length, bytesOut: heard.length });
  });

  it('whose server dies in mid-body ends for the client in mid-body', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    await until(to.client, 'half');
    server.reset();
    await within(to.client.ended(), () => 'the client hangs');
    expect(to.client.received().toString().endsWith('half')).toBe(true);
    await ended(to);
  });

  it('whose client leaves in mid-download ends for the server', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nhalf'));
    await until(to.client, 'half');
    to.client.reset();
    await within(server.ended(), () => 'the server goes on for nobody');
    server.fin();
    await within(to.home.exchanges(to.client.localPort), () => 'the exchange does not end');
  });

  it('that is answered with a 101 nobody asked for gets a 502 that says so', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n'));
    expect(await until(to.client, 'without being asked')).toContain('HTTP/1.1 502 Bad Gateway\r\n');
    const [exchange] = await ended(to);
    expect(exchange?.refusal).toMatchObject({ status: 502, why: 'upstream-failed' });
  });

  it.each([
    ['nothing', ''],
    ['what is no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a status line that is none', 'HTTP/1.1 two hundred\r\n\r\n'],
  ])('that is answered with %s gets a 502 that says so', async (_, words) => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1(words));
    server.fin();
    expect(await until(to.client, 'X-Shakedown: upstream-failed')).toContain('HTTP/1.1 502 Bad Gateway\r\n');
    expect((await ended(to))[0]?.refusal).toMatchObject({ why: 'upstream-failed' });
  });

  it('that expects 100-continue gets it, and the server the body', async () => {
    const to = await world.visit(way);
    await to.client.send(
      latin1(`POST ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n`),
    );
    await until(to.client, 'HTTP/1.1 100 Continue\r\n\r\n');
    await to.client.send(latin1('body'));
    const server = await to.at.next();
    expect(await until(server, 'body')).toBe(`POST / HTTP/1.1\r\nHost: ${to.host}\r\nContent-Length: 4\r\n\r\nbody`);
    await server.send(latin1('HTTP/1.1 204 No Content\r\n\r\n'));
    await until(to.client, 'HTTP/1.1 204 No Content\r\n\r\n');
    await ended(to);
  });

  it('keeps its chunks, but loses trailers (Node and http-proxy drop them)', async () => {
    const to = await world.visit(way);
    await to.client.send(
      latin1(`POST ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-T: 1\r\n\r\n`),
    );
    const server = await to.at.next();
    expect(await until(server, '0\r\n\r\n')).toBe(
      `POST / HTTP/1.1\r\nHost: ${to.host}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
    );
    await server.send(latin1('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nhey\r\n0\r\nX-T: 1\r\n\r\n'));
    expect(await until(to.client, '0\r\n\r\n')).toBe(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nhey\r\n0\r\n\r\n',
    );
    await ended(to);
  });

  it('gets nothing added: no length, no date, no connection', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`POST ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    expect(await until(server, '\r\n\r\n')).toBe(`POST / HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`);
    await server.send(latin1('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
    server.fin();
    await within(to.client.ended(), () => 'the answer does not end');
    expect(to.client.received().toString()).toBe('HTTP/1.1 200 OK\r\n\r\nuntil the end');
    await ended(to);
  });

  it('may be followed by FIN, and is answered all the same', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    to.client.fin();
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    expect(await until(to.client, 'ok')).toContain('200 OK');
    await ended(to);
  });

  it('carries 20 MB each way', async () => {
    const to = await world.visit(way);
    const body = randomBytes(20_000_000);
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const sent = to.client.send(
      Buffer.concat([latin1(`POST ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\nContent-Length: ${body.length}\r\n\r\n`), body]),
    );
    const server = await to.at.next();
    const head = `POST / HTTP/1.1\r\nHost: ${to.host}\r\nContent-Length: ${body.length}\r\n\r\n`.length;
    await server.bytes(head + body.length);
    await sent;
    expect(digest(server.received().subarray(head))).toBe(digest(body));
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
    await server.send(Buffer.concat([latin1(answer), body]));
    await to.client.bytes(answer.length + body.length);
    expect(digest(to.client.received().subarray(answer.length))).toBe(digest(body));
    const [exchange] = await ended(to);
    expect(exchange?.server).toMatchObject({ bytesIn: answer.length + body.length, bytesOut: head + body.length });
    expect(exchange?.client.bytesOut).toBe(to.client.door.heard + answer.length + body.length);
  });

  it('that streams (server-sent events) is passed on drop by drop', async () => {
    const to = await world.visit(way);
    await to.client.send(latin1(`GET ${to.target('/events')} HTTP/1.1\r\nHost: ${to.host}\r\nAccept: text/event-stream\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'));
    for (let i = 0; i < 5; i++) {
      await server.send(latin1(`data: drop ${i}\n\n`));
      await until(to.client, `drop ${i}\n\n`);
    }
    server.fin();
    await ended(to);
  });
});
