import { createHash, randomBytes } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/model/exchange.js';
import { type Caller, call } from './support/caller.js';
import { within } from './support/deadline.js';
import { type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';

let house: House;
let reverse: House;
let origin: Origin;
let secure: Origin;
beforeAll(async () => {
  house = await startHouse();
  origin = await startOrigin();
  reverse = await startHouse({ reverse: reverseTo(origin.port, 'http') });
  const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  secure = await startOrigin({ secureContext: createSecureContext(serverOptions) });
});
afterAll(async () => {
  for (const one of [origin, secure, reverse, house]) await one[Symbol.asyncDispose]();
});
afterEach(() => {
  for (const home of [house, reverse])
    expect(home.events.filter((event) => event.type === 'notice' && event.level === 'error')).toEqual([]);
});

const ways = ['absolute', 'connect', 'connect-tls', 'reverse'] as const;
type PlainWay = (typeof ways)[number];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A client on its way to the origin, and how it writes a target there. */
interface Visit {
  readonly client: Caller;
  readonly home: House;
  readonly at: Origin;
  /** The origin's authority, for Host. */
  readonly host: string;
  target(path: string): string;
}

const visit = async (way: PlainWay): Promise<Visit> => {
  const at = way === 'connect-tls' ? secure : origin;
  const home = way === 'reverse' ? reverse : house;
  const ca = way === 'connect-tls' ? { ca: house.ca } : {};
  const client = await call({ way, proxyPort: home.port, originPort: at.port, ...ca });
  const host = `127.0.0.1:${at.port}`;
  return { client, home, at, host, target: (path) => (way === 'absolute' ? `http://${host}${path}` : path) };
};

/** Waits until the received text holds this; what was received, from `after` on. */
const until = (peer: Peer, text: string, after = 0): Promise<string> =>
  within(
    (async () => {
      for (;;) {
        const seen = peer.received().subarray(after).toString('latin1');
        if (seen.includes(text)) return seen;
        if (peer.stream.destroyed || peer.sights.length > 0)
          throw new Error(`ended (${peer.sights}) after ${JSON.stringify(seen.slice(0, 300))}`);
        await Promise.race([peer.bytes(peer.length() + 1), peer.ended()]);
      }
    })(),
    () => `${JSON.stringify(text)} does not come; ${JSON.stringify(peer.received().toString('latin1').slice(0, 300))}`,
  );

const ended = async ({ client, home }: Visit, count = 1): Promise<readonly Exchange[]> => {
  client.fin();
  await within(client.closed(), () => 'the client is kept');
  return within(home.exchanges(client.localPort, count), () => 'the exchanges do not end');
};

describe.each(ways)('a plain request (%s)', (way) => {
  it('reaches the server with its exact path and its fields as they came, and the answer comes back so', async () => {
    const to = await visit(way);
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
    const to = await visit(way);
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
    const to = await visit(way);
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
    const to = await visit(way);
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
    const to = await visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1(words));
    server.fin();
    expect(await until(to.client, 'X-Shakedown: upstream-failed')).toContain('HTTP/1.1 502 Bad Gateway\r\n');
    expect((await ended(to))[0]?.refusal).toMatchObject({ why: 'upstream-failed' });
  });

  it('that expects 100-continue gets it, and the server the body', async () => {
    const to = await visit(way);
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
    const to = await visit(way);
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
    const to = await visit(way);
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
    const to = await visit(way);
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`));
    to.client.fin();
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    expect(await until(to.client, 'ok')).toContain('200 OK');
    await ended(to);
  });

  it('may be the second and the third of its connection: each is an exchange, and they go one after the other', async () => {
    const to = await visit(way);
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
    const to = await visit(way);
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
    const to = await visit(way);
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

  it('carries 20 MB each way', async () => {
    const to = await visit(way);
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
    const to = await visit(way);
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

describe('a plain request and its answer', () => {
  it('of HTTP/1.0 get no chunks', async () => {
    const to = await visit('connect');
    await to.client.send(latin1('GET / HTTP/1.0\r\n\r\n'));
    const server = await to.at.next();
    expect(await until(server, '\r\n\r\n')).toBe('GET / HTTP/1.1\r\n\r\n');
    await server.send(latin1('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'));
    await within(to.client.ended(), () => 'the answer does not end');
    expect(to.client.received().toString()).toBe('HTTP/1.1 200 OK\r\n\r\nhi');
    await ended(to);
  });

  it('to HEAD has a length and no body, and the connection goes on', async () => {
    const to = await visit('connect');
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
    const to = await visit('absolute');
    await to.client.send(latin1(`GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\nCookie: ${'c'.repeat(60_000)}\r\n\r\n`));
    const server = await to.at.next();
    await until(server, '\r\n\r\n');
    await server.send(latin1(`HTTP/1.1 200 OK\r\nX-Big: ${'b'.repeat(60_000)}\r\nContent-Length: 2\r\n\r\nok`));
    expect(await until(to.client, '\r\n\r\nok')).toContain('b'.repeat(60_000));
    await ended(to);
  });

  it("that Node's parser cannot read is refused with a word about it, and on record", async () => {
    const to = await visit('connect');
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
    const to = await visit('absolute');
    const first = `GET ${to.target('/')} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`;
    for (const [second, why] of [
      [`GET ${to.target('/')} HTTP/1.1\r\nHost: other.test\r\n\r\n`, 'ambiguous-head'],
      ['GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n', 'bad-target'],
      ['GET /page HTTP/1.1\r\nHost: a.test\r\n\r\n', 'bad-target'],
    ] as const) {
      const again = await visit('absolute');
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
