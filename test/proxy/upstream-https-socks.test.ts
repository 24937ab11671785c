import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { startEchoServer } from '../support/echo-server.js';
import { ask } from './support/ask.js';
import { call } from './support/caller.js';
import { within } from './support/deadline.js';
import { type House, reverseTo, startHouse } from './support/house.js';
import { startOrigin } from './support/origin.js';
import { httpUpstream, opening, socksUpstream } from './support/scripted-upstreams.js';
import { codes, connectHead, echo, handshakeTo, http, keep, talk, through, tidy } from './support/upstream-talk.js';

tidy();

describe('an https upstream proxy', () => {
  it.each(['connect', 'reverse'] as const)('is spoken to behind TLS of its own, whose facts stand apart: %s', async (way) => {
    const server = await echo();
    const secureOf = async (home: House) =>
      createSecureContext((await home.origins.leaf({ host: '127.0.0.1', recipe: 'good' })).serverOptions);
    // The trust of a house is known only when it runs, and the port of the proxy is to be known before.
    const first = keep(await startHouse());
    const upstream = keep(await httpUpstream(opening, await secureOf(first)));
    const wayOut = { upstreamCa: first.origins.caPath, reverse: reverseTo(server.port) };
    const house = await through(`https://127.0.0.1:${upstream.port}`, {}, wayOut);
    const { answer, exchange } = await talk(house, way, server.port);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(exchange.upstream).toMatchObject({ outcome: 'ok', tls: { version: 'TLSv1.3', authorized: true } });
    expect(exchange.server?.tls).toBeUndefined();
  });

  it('carries TLS to the server inside TLS to itself', async () => {
    const first = keep(await startHouse());
    const { serverOptions } = await first.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
    const upstream = keep(await httpUpstream(opening, createSecureContext(serverOptions)));
    const server = keep(await startEchoServer({ tls: { cert: String(serverOptions.cert), key: String(serverOptions.key) } }));
    const house = await through(`https://127.0.0.1:${upstream.port}`, {}, { upstreamCa: first.origins.caPath });
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: server.port, ca: house.ca });
    await client.send(handshakeTo(server.port));
    await client.bytes(100);
    expect(client.received().toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
    client.fin();
    await within(client.ended(), () => 'the end is not carried across');
    client.reset();
    const [exchange] = await house.exchanges(client.localPort);
    expect([exchange?.server?.tls?.authorized, exchange?.upstream?.tls?.authorized]).toEqual([true, true]);
  });

  it('whose certificate does not verify is not told anything', async () => {
    const server = await echo();
    const stranger = keep(await startHouse());
    const context = createSecureContext((await stranger.origins.leaf({ host: '127.0.0.1', recipe: 'good' })).serverOptions);
    const upstream = keep(await httpUpstream(opening, context));
    const house = await through(`https://127.0.0.1:${upstream.port}`, {}, { reverse: reverseTo(server.port) });
    const untrusted = await talk(house, 'reverse', server.port);
    expect(untrusted.answer).toContain('its certificate does not verify (');
    expect(upstream.said).toEqual([]);
    expect(codes(untrusted.exchange)).toEqual(['intermediary.connect-malformed']);
  });

  it('that speaks no TLS is told as such', async () => {
    const server = await echo();
    const plain = keep(await startOrigin({ raw: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') }));
    const house = await through(`https://127.0.0.1:${plain.port}`, {}, { reverse: reverseTo(server.port) });
    const { answer, exchange } = await talk(house, 'reverse', server.port);
    expect(answer).toContain('An https proxy speaks TLS itself; is it an http one?');
    expect([exchange.upstream?.outcome, exchange.upstream?.tlsFailure?.code]).toEqual([
      null,
      expect.stringMatching(/WRONG_VERSION|EPROTO/),
    ]);
    expect(codes(exchange)).toEqual(['intermediary.connect-malformed']);
  });
});

describe('a socks5 upstream proxy', () => {
  it.each(['connect', 'socks5', 'socks4a', 'absolute', 'reverse'] as const)('takes a handshake that came by %s', async (way) => {
    const [server, upstream] = [await echo(), keep(await socksUpstream())];
    const house = await through(`socks5://127.0.0.1:${upstream.port}`, {}, way === 'reverse' ? { reverse: reverseTo(server.port) } : {});
    const { answer, exchange } = await talk(house, way, server.port);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(exchange.upstream).toMatchObject({ proxy: { scheme: 'socks5' }, outcome: 'ok', status: 0 });
  });

  it('gets names as names, and user and password by RFC 1929, which no view shows', async () => {
    const [server, upstream] = [
      await echo(),
      keep(await socksUpstream({ permit: (user, password) => user === 'ü' && password === 'geheim' })),
    ];
    const house = await through(
      `socks5://%C3%BC:geheim@127.0.0.1:${upstream.port}`,
      {},
      { reverse: reverseTo(server.port, 'ws', 'only.the-proxy-knows.test') },
    );
    const { answer, exchange } = await talk(house, 'reverse', server.port);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(upstream.said[0]?.text).toBe('\x05\x02\x00\x02');
    expect(upstream.said[1]?.text).toBe('\x01\x02\xc3\xbc\x06geheim');
    expect(upstream.said[2]?.text.slice(0, 5 + 25)).toBe('\x05\x01\x00\x03\x19only.the-proxy-knows.test');
    expect(exchange.upstream?.request).toContain('\x01\x03***\x03***\x05\x01\x00\x03');
    expect(JSON.stringify(exchange)).not.toContain('geheim');
  });

  it.each([
    ['wrong credentials', 'u:wrong@', { permit: () => false }, 'intermediary.proxy-auth-required', 1],
    ['no credentials where it wants some', '', { permit: () => true }, 'intermediary.proxy-auth-required', 1],
    ['a place that its rules forbid', '', { code: 2 }, 'intermediary.connect-refused', 2],
    ['a server that refuses', '', { code: 5 }, 'intermediary.connect-refused', 5],
  ])('refuses %s, and a SOCKS client gets its code', async (_, credentials, rules, code, reply) => {
    const [server, upstream] = [await echo(), keep(await socksUpstream(rules))];
    const house = await through(`socks5://${credentials}127.0.0.1:${upstream.port}`);
    const { answer, exchange } = await ask(
      house,
      Buffer.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, server.port >> 8, server.port & 255]),
      false,
    );
    expect([...Buffer.from(answer, 'latin1').subarray(0, 4)]).toEqual([5, 0, 5, reply]);
    expect(codes(exchange)).toEqual([code]);
  });

  it('that is none is found out', async () => {
    const [server, upstream] = [await echo(), await http()];
    const talker = keep(await startOrigin({ raw: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') }));
    const house = await through(`socks5://127.0.0.1:${talker.port}`);
    const { answer, exchange } = await ask(house, connectHead(server.port), false);
    expect(answer).toContain('it answered something that is no SOCKS5. Check its port');
    expect(codes(exchange)).toEqual(['intermediary.connect-malformed']);
    expect(upstream.count()).toBe(0);
  });
});
