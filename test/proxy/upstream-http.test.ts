import { describe, expect, it } from 'vitest';
import { parseWayOut } from '../../src/control/way-out.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { startEchoServer } from '../support/echo-server.js';
import { ask, latin1 } from './support/ask.js';
import { call, dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { reverseTo, startHouse } from './support/house.js';
import { takePeer } from './support/peer.js';
import { opened, opening } from './support/scripted-upstreams.js';
import { connectHead, echo, handshakeTo, http, keep, talk, through, tidy } from './support/upstream-talk.js';

tidy();

describe('an http upstream proxy', () => {
  it.each(['connect', 'socks5', 'socks4a', 'absolute', 'reverse'] as const)('takes a handshake that came by %s', async (way) => {
    const [server, upstream] = [await echo(), await http()];
    const house = await through(`http://127.0.0.1:${upstream.port}`, {}, way === 'reverse' ? { reverse: reverseTo(server.port) } : {});
    const { answer, exchange } = await talk(house, way, server.port);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(upstream.said[0]?.text).toMatch(new RegExp(`^CONNECT (127\\.0\\.0\\.1|localhost):${server.port} HTTP/1\\.1\r\n`));
    expect(exchange.upstream).toMatchObject({ proxy: { scheme: 'http', port: upstream.port }, reply: opened, status: 200, outcome: 'ok' });
    expect(exchange.upstream?.request).toBe(upstream.said[0]?.text);
    expect(exchange.heads.serverSent?.startLine).toMatch(/^HTTP\/1\.1 101/);
    expect(exchange.server?.peer?.port).toBe(upstream.port);
    expect(exchange.server?.timings.proxy).toEqual(expect.any(Number));
  });

  it("gets the client's own CONNECT byte for byte, and its 200 goes back byte for byte", async () => {
    const [server, upstream] = [await echo(), await http()];
    const house = await through(`http://127.0.0.1:${upstream.port}`);
    const client = takePeer(await dial(house.port));
    const head = connectHead(server.port, 'Proxy-Authorization: Basic Og==\r\nX-Odd:\t x \r\n');
    await client.send(latin1(head));
    await client.bytes(opened.length);
    expect(client.received().toString('latin1')).toBe(opened);
    expect(upstream.said[0]?.text).toBe(head);
    client.reset();
  });

  it('gets the credentials of its URL in place of those of the client, and no view shows them', async () => {
    const [server, upstream] = [await echo(), await http()];
    const house = await through(`http://us%40er:p%3Ass@127.0.0.1:${upstream.port}`);
    const { exchange } = await talk(house, 'connect', server.port);
    const value = Buffer.from('us@er:p:ss').toString('base64');
    expect(upstream.said[0]?.text).toContain(`Proxy-Authorization: Basic ${value}\r\n`);
    expect(exchange.upstream?.request).toContain('Proxy-Authorization: Basic ***\r\n');
    expect(JSON.stringify(await house.engine.control.detail(exchange.id))).not.toContain(value);
    expect(JSON.stringify(house.events.filter(({ type }) => type === 'notice'))).not.toContain('p:ss');
  });

  const challenge =
    'HTTP/1.1 407 Who Are  You\r\nServer: guard/1\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 9\r\n\r\nno entry\n';

  it('refuses with 407 and a page, which the client gets as it came, and takes the second try on the same connection', async () => {
    const server = await echo();
    const upstream = await http((head) => (head.includes('Proxy-Authorization: Basic dTpw') ? opening() : { say: challenge }));
    const house = await through(`http://127.0.0.1:${upstream.port}`);
    const raw = await dial(house.port);
    const client = takePeer(raw);
    const localPort = raw.localPort ?? 0;
    await client.send(latin1(connectHead(server.port)));
    await client.bytes(challenge.length);
    expect(client.received().toString('latin1')).toBe(challenge);
    await client.send(latin1(connectHead(server.port, 'Proxy-Authorization: Basic dTpw\r\n')));
    await client.bytes(challenge.length + opened.length);
    await client.send(handshakeTo(server.port));
    await client.bytes(challenge.length + opened.length + 100);
    expect(client.received().toString('latin1').slice(challenge.length)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*HTTP\/1\.1 101 /);
    expect(upstream.said.map(({ connection }) => connection)).toEqual([1, 1]);
    client.reset();
    const [first, second] = await within(house.exchanges(localPort, 2), () => 'the exchanges do not end');
    expect(first?.upstream).toMatchObject({ outcome: 'refused', status: 407, reply: challenge });
    expect(first?.heads.serverSent).toBeNull();
    expect(first?.door.reply).toMatch(/^HTTP\/1\.1 407 /);
    expect(diagnose(first as Exchange)[0]).toMatchObject({ code: 'intermediary.proxy-auth-required', culprit: 'guard/1' });
    expect(second?.upstream).toMatchObject({ outcome: 'ok', status: 200 });
    expect(second?.status).toBe(101);
  });

  it('that is shakedown itself is refused as a loop, and so is one that would lead back here', async () => {
    const server = await echo();
    const upstream = await http();
    const house = await through(`http://127.0.0.1:${upstream.port}`);
    const back = await ask(house, connectHead(house.port), false);
    expect(back.answer).toMatch(/^HTTP\/1\.1 508 /);
    expect(upstream.count()).toBe(0);
    const port = 1024 + Math.floor(Math.random() * 20_000) + 20_000;
    const own = keep(await startHouse({ port, out: parseWayOut({ upstreamProxy: `http://127.0.0.1:${port}` }) }));
    const { answer } = await ask(own, connectHead(server.port), false);
    expect(answer).toMatch(/^HTTP\/1\.1 508 /);
    expect(answer).toContain('would lead back to shakedown');
  });

  it('is not told of a CONNECT that can be read in two ways', async () => {
    const [server, upstream] = [await echo(), await http()];
    const house = await through(`http://127.0.0.1:${upstream.port}`);
    const { answer } = await ask(house, connectHead(server.port, 'Host: other.test\r\n'), false);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(upstream.count()).toBe(0);
  });

  it('is left out for the hosts of --no-proxy', async () => {
    const [server, upstream] = [await echo(), await http()];
    const house = await through(`http://127.0.0.1:${upstream.port}`, { noProxy: ['app.test, 127.0.0.0/8'] });
    const { answer, exchange } = await talk(house, 'connect', server.port);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect([upstream.count(), exchange.upstream]).toEqual([0, null]);
  });

  it('takes TLS through its tunnel, and every exchange of the tunnel tells of it', async () => {
    const upstream = await http();
    const house = await through(`http://127.0.0.1:${upstream.port}`);
    const { cert, key } = (await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' })).serverOptions;
    const server = keep(await startEchoServer({ tls: { cert: String(cert), key: String(key) }, answers: { '/first': 404 } }));
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: server.port, ca: house.ca });
    await client.send(handshakeTo(server.port, '/'));
    await client.bytes(100);
    expect(client.received().toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
    client.reset();
    const [exchange] = await house.exchanges(client.localPort);
    expect(exchange?.server?.tls?.authorized).toBe(true);
    expect(exchange?.upstream).toMatchObject({ outcome: 'ok', tls: null });
  });
});
