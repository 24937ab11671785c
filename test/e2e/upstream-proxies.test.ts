import { afterEach, describe, expect, it } from 'vitest';
import { parseWayOut } from '../../src/control/way-out.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { ask, latin1 } from '../proxy/support/ask.js';
import { type Caller, call, dial, type Way } from '../proxy/support/caller.js';
import { within } from '../proxy/support/deadline.js';
import { bugsOf, type House, reverseTo, startHouse } from '../proxy/support/house.js';
import { takePeer } from '../proxy/support/peer.js';
import { startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { testFolder } from './support/folder.js';
import { type ProxyRules, type RealProxy, startDante, startSquid, startTinyproxy } from './support/upstream-proxies.js';

// Real proxies of other programs between shakedown and the server: what goes through, what they refuse, and what is left when they stop.
const folder = testFolder();
const found = { squid: findProgram('squid'), tinyproxy: findProgram('tinyproxy'), danted: findProgram('danted') };
const starters = { squid: startSquid, tinyproxy: startTinyproxy, danted: startDante };
type Name = keyof typeof starters;
const begin = (name: Name, rules?: ProxyRules): Promise<RealProxy> => {
  const program = found[name];
  if ('missing' in program) throw new Error(program.missing);
  return starters[name](program.path, folder, rules);
};
const isHere = (name: Name): boolean => 'path' in found[name];

const leftovers: AsyncDisposable[] = [];
const keep = <T extends AsyncDisposable>(one: T): T => {
  leftovers.push(one);
  return one;
};
let house: House;
afterEach(async () => {
  expect(bugsOf(house)).toEqual([]);
  for (const one of leftovers.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

// Tinyproxy takes letters, digits, points and hyphens only.
const userFor = (name: Name) => ({ name: 'ada', password: name === 'squid' ? 'p@ss:w' : 'pass.w' });
const basic = (text: string): string => Buffer.from(text).toString('base64');
const schemeOf = (name: Name): string => (name === 'danted' ? 'socks5' : 'http');
const through = async (name: Name, proxy: RealProxy, { credentials = '', reverse = 0 } = {}): Promise<void> => {
  const out = parseWayOut({ upstreamProxy: `${schemeOf(name)}://${credentials}127.0.0.1:${proxy.port}` });
  house = keep(await startHouse({ out, ...(reverse > 0 ? { reverse: reverseTo(reverse) } : {}) }));
};

const handshake = (port: number, target = '/'): Buffer =>
  latin1(
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
const hello = Buffer.of(0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69);
const echoed = Buffer.of(0x81, 2, 0x68, 0x69);

/** Opens a WebSocket this way and has one message echoed. */
const converse = async (way: Way, port: number, ca?: string): Promise<Caller> => {
  const client = await call({ way, proxyPort: house.port, originPort: port, ...(ca === undefined ? {} : { ca }) });
  await client.send(handshake(port, way === 'absolute' ? `ws://127.0.0.1:${port}/` : '/'));
  await client.bytes(100);
  expect(client.received().toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
  await client.send(hello);
  const all = async (): Promise<void> => {
    while (!client.received().subarray(-4).equals(echoed) && client.sights.length === 0) await client.bytes(client.length() + 1);
  };
  await within(all(), () => 'no echo');
  return client;
};
const exchangeOf = async (port: number): Promise<Exchange> => {
  const [exchange] = await within(house.exchanges(port), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return exchange;
};
const closeFrame = Buffer.of(0x88, 0x82, 0, 0, 0, 0, 3, 0xe8);

const kinds = [
  { name: 'squid', credentials: false, agent: /^HTTP\/1\.[01] 200 / },
  { name: 'squid', credentials: true, agent: /^HTTP\/1\.[01] 200 / },
  { name: 'tinyproxy', credentials: false, agent: /^HTTP\/1\.[01] 200 [\s\S]*tinyproxy/i },
  { name: 'tinyproxy', credentials: true, agent: /^HTTP\/1\.[01] 200 [\s\S]*tinyproxy/i },
  { name: 'danted', credentials: false, agent: /^\x05\0\x05\0/ },
] as const;

describe.each(kinds)('$name, credentials: $credentials', ({ name, credentials, agent }) => {
  const setUp = async (): Promise<RealProxy> => keep(await begin(name, credentials ? { user: userFor(name) } : {}));
  const given = credentials ? `ada:${encodeURIComponent(userFor(name).password)}@` : '';

  it.skipIf(!isHere(name))('carries ws by every entrance, and wss, with nothing found', async () => {
    const proxy = await setUp();
    const server = keep(await startEchoServer());
    await through(name, proxy, { credentials: given, reverse: server.port });
    const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
    const secure = keep(await startEchoServer({ tls: { cert: String(serverOptions.cert), key: String(serverOptions.key) } }));
    for (const way of ['connect', 'socks5', 'absolute', 'reverse', 'connect-tls'] as const) {
      const client = await (way === 'connect-tls' ? converse(way, secure.port, house.ca) : converse(way, server.port));
      await client.send(closeFrame);
      await within(client.ended(), () => `${way}: no end`);
      client.fin();
      const exchange = await exchangeOf(client.localPort);
      expect(exchange.upstream, way).toMatchObject({ outcome: 'ok', proxy: { scheme: schemeOf(name), port: proxy.port } });
      expect(exchange.upstream?.reply, way).toMatch(agent);
      expect(exchange.heads.serverSent?.raw, way).not.toMatch(/squid|tinyproxy/i);
      expect(JSON.stringify(exchange), way).not.toContain(basic(`ada:${userFor(name).password}`));
      expect(diagnose(exchange), way).toEqual([]);
    }
  });

  it.skipIf(!isHere(name))('carries a plain page', async () => {
    const proxy = await setUp();
    const server = keep(await startEchoServer());
    await through(name, proxy, { credentials: given });
    const { answer, exchange } = await ask(
      house,
      `GET http://127.0.0.1:${server.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('an echo server for WebSockets');
    const line = name === 'danted' ? 'GET / HTTP/1.1' : `GET http://127.0.0.1:${server.port}/ HTTP/1.1`;
    expect(exchange.heads.serverGot?.startLine).toBe(line);
  });

  it.skipIf(!isHere(name))('is found out when it is stopped before it answers, and when it is killed then', async () => {
    const server = keep(await startEchoServer());
    for (const how of ['leaves', 'killed'] as const) {
      const proxy = await setUp();
      await through(name, proxy, { credentials: given });
      proxy.pause();
      const client = takePeer(await dial(house.port));
      const port = client.raw.localPort ?? 0;
      await client.send(latin1(`CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`));
      await house.event((event) => event.type === 'upstream' && event.request !== '');
      if (how === 'killed') {
        await proxy.kill();
        await within(client.ended(), () => 'the client is left waiting');
      }
      client.reset();
      const exchange = await exchangeOf(port);
      const expected = how === 'killed' ? 'intermediary.connect-malformed' : 'intermediary.connect-timeout';
      expect(diagnose(exchange)[0]?.code, how).toBe(expected);
      expect(exchange.upstream?.outcome, how).toMatch(how === 'killed' ? /^(closed|reset)$/ : /^timeout$/);
    }
  });

  it.skipIf(!isHere(name))('is found out when it is stopped and killed in mid-conversation', async () => {
    const proxy = await setUp();
    const server = keep(await startEchoServer());
    await through(name, proxy, { credentials: given });
    const client = await converse('connect', server.port);
    proxy.pause();
    await client.send(hello);
    await proxy.kill();
    await within(client.ended(), () => 'the client does not hear of it');
    client.fin();
    const exchange = await exchangeOf(client.localPort);
    expect(exchange).toMatchObject({
      status: 101,
      upstream: { outcome: 'ok' },
      frames: { fromClient: { messages: 2 }, fromServer: { messages: 1 } },
    });
    expect(diagnose(exchange).map(({ code }) => code)).toEqual(['intermediary.tunnel-ended']);
  });
});

describe.each([
  { name: 'squid', culprit: /^squid\/\d/, refusal: /^HTTP\/1\.1 403 Forbidden\r\n[\s\S]*X-Squid-Error: ERR_ACCESS_DENIED/ },
  { name: 'tinyproxy', culprit: /^tinyproxy\/\d/, refusal: /^HTTP\/1\.[01] 403 / },
] as const)('$name refuses', ({ name, culprit, refusal }) => {
  it.skipIf(!isHere(name))('a client without credentials, which gets its 407 with the page, and may try again', async () => {
    const proxy = keep(await begin(name, { user: userFor(name) }));
    const server = keep(await startEchoServer());
    await through(name, proxy);
    const said = `CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;
    const direct = takePeer(await dial(proxy.port));
    await direct.send(latin1(`${said}\r\n`));
    const client = takePeer(await dial(house.port));
    const port = client.raw.localPort ?? 0;
    await client.send(latin1(`${said}\r\n`));
    const page = (text: string): string => text.replace(/^(Date|X-Cache.*): .*$/gm, '').replace(/Generated .* by/, '');
    const whole = async (peer: typeof client): Promise<string> => {
      while (!/<\/html>\s*$/i.test(peer.received().toString('latin1')) && peer.sights.length === 0) await peer.bytes(peer.length() + 1);
      return peer.received().toString('latin1');
    };
    const [straight, passed] = [await within(whole(direct), () => 'no page'), await within(whole(client), () => 'no page')];
    direct.reset();
    expect(passed).toMatch(/^HTTP\/1\.[01] 407 /);
    expect(page(passed)).toBe(page(straight));
    // Tinyproxy ends the connection behind its 407.
    const kept = name === 'squid';
    if (!kept) await within(client.ended(), () => 'the end is not carried across');
    else {
      const value = basic(`ada:${userFor(name).password}`);
      await client.send(latin1(`${said}Proxy-Authorization: Basic ${value}\r\n\r\n`));
      await client.bytes(passed.length + 20);
      expect(client.received().toString('latin1').slice(passed.length)).toMatch(/^HTTP\/1\.[01] 200 /);
    }
    client.reset();
    const exchanges = await within(house.exchanges(port, kept ? 2 : 1), () => 'the exchanges do not end');
    const [first] = exchanges;
    const [finding] = diagnose(first as Exchange);
    expect(finding).toMatchObject({ code: 'intermediary.proxy-auth-required', title: 'The upstream proxy wants credentials' });
    expect(finding?.culprit).toMatch(culprit);
    expect(first?.upstream?.reply).toBe(passed);
    expect(first?.heads).toMatchObject({ serverSent: null, clientGot: null });
  });

  it.skipIf(!isHere(name))('credentials that are wrong', async () => {
    const proxy = keep(await begin(name, { user: userFor(name) }));
    await through(name, proxy, { credentials: 'ada:wrong@', reverse: 9 });
    const { answer, exchange } = await ask(house, handshake(9).toString(), false);
    expect(answer).toMatch(/^HTTP\/1\.1 502 /);
    // Squid and tinyproxy differ: 407 says "again", 401 or 403 says "no".
    const [finding] = diagnose(exchange);
    expect(finding?.code).toMatch(/^intermediary\.(proxy-auth-required|connect-refused)$/);
    expect(JSON.stringify([exchange, finding])).not.toContain(basic('ada:wrong'));
  });

  it.skipIf(!isHere(name))('a port', async () => {
    const proxy = keep(await begin(name, { onlyPort: 443 }));
    const server = keep(await startEchoServer());
    await through(name, proxy, { reverse: server.port });
    const { answer, exchange } = await ask(house, handshake(server.port).toString(), false);
    expect(answer).toContain('it answered 403');
    expect(exchange.upstream?.reply).toMatch(refusal);
    const [finding] = diagnose(exchange);
    expect(finding?.code).toBe('intermediary.connect-refused');
    expect(finding?.culprit).toMatch(culprit);
    expect(server.seen).toEqual([]);
  });

  it.skipIf(!isHere(name))('a server that is not there', async () => {
    const proxy = keep(await begin(name));
    const gone = await startEchoServer();
    await gone.close();
    await through(name, proxy, { reverse: gone.port });
    const { exchange } = await ask(house, handshake(gone.port).toString(), false);
    expect(exchange.upstream?.status).toBeGreaterThanOrEqual(500);
    expect(diagnose(exchange)[0]?.code).toBe('intermediary.connect-refused');
  });
});

it.skipIf(!isHere('danted'))('danted refuses a port by its rules, and a SOCKS client gets its code', async () => {
  const proxy = keep(await begin('danted', { onlyPort: 443 }));
  const server = keep(await startEchoServer());
  await through('danted', proxy);
  const { port } = server;
  const { answer, exchange } = await ask(
    house,
    Buffer.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]).toString('latin1'),
    false,
  );
  expect([...latin1(answer).subarray(0, 4)]).toEqual([5, 0, 5, 2]);
  expect(diagnose(exchange)[0]).toMatchObject({
    code: 'intermediary.connect-refused',
    title: 'The upstream proxy answered SOCKS5 reply 2: connection not allowed by ruleset',
  });
});
