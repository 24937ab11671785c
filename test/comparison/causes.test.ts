import { once } from 'node:events';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket, { type ClientOptions } from 'ws';
import { compareExchanges } from '../../src/comparison/compare.js';
import type { Comparison } from '../../src/comparison/comparison.js';
import { recordedExchanges } from '../../src/formats/recorded-exchanges.js';
import { testFolder } from '../e2e/support/folder.js';
import { frame } from '../proxy/support/frames.js';
import { bugsOf, type House, startHouse } from '../proxy/support/house.js';
import { callHttp2, extendedConnect } from '../proxy/support/http2-caller.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { type Gate, startGate } from './gate-server.js';

// Each pair is one session that works and one that has one thing wrong with it, through a real engine to a real server, read from its recording.
const recording = join(testFolder(), 'pairs.jsonl');
let house: House;
let plain: Gate;
let secure: Gate;
let modern: Http2Server;
let good: { readonly cert: string; readonly key: string };
let expired: { readonly cert: string; readonly key: string };
beforeAll(async () => {
  house = await startHouse({ record: { type: 'file', path: recording } });
  const leaf = async (recipe: string) => (await house.origins.leaf({ host: 'localhost', recipe })).serverOptions;
  [good, expired] = [await leaf('good'), await leaf('expired')];
  plain = await startGate();
  secure = await startGate(good);
  modern = await startHttp2Server((await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' })).serverOptions);
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  for (const server of [plain, secure, modern]) await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  for (const { manner } of [plain, secure]) Object.assign(manner, { reply: (text: string) => text, close: [1000, ''] });
});

interface Session {
  readonly url?: string;
  readonly protocols?: readonly string[];
  readonly options?: ClientOptions;
  readonly cookie?: string | null;
  readonly says?: readonly string[];
  /** Closes by itself, and does not ask the server to. */
  readonly leaves?: boolean;
}

/** The id of the exchange that ends next. */
const nextEnd = async (act: () => Promise<void>): Promise<string> => {
  const before = house.events.length;
  await act();
  const closed = await house.event((event) => event.type === 'closed' && house.events.indexOf(event) >= before);
  return closed.exchange;
};

/** A client that is let in unless it is told to do something else; each message waits for the answer to the one before. */
const session = ({ url, protocols = ['chat'], options = {}, cookie = 'sid=1; theme=dark', says = ['one'], leaves = false }: Session = {}) =>
  nextEnd(async () => {
    const headers = cookie === null ? {} : { Cookie: cookie };
    const agent = new HttpsProxyAgent(`http://127.0.0.1:${house.port}`);
    const socket = new WebSocket(url ?? `ws://127.0.0.1:${plain.port}/chat`, [...protocols], {
      ...{ agent, origin: 'http://good.example', headers, ca: house.ca },
      ...options,
    });
    // `once` would reject at an error.
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => {});
    socket.on('open', async () => {
      for (const text of says) {
        const answer = once(socket, 'message');
        socket.send(text);
        await answer;
      }
      if (leaves) socket.close(1000);
      else socket.send('bye');
    });
    await closed;
  });

const contrast = async (a: string, b: string): Promise<Comparison> => {
  // Events reach the file within 100 ms; a later event of another exchange is behind all of theirs.
  for (;;) {
    const found = new Map<string, Parameters<typeof compareExchanges>[0]>();
    for await (const each of recordedExchanges(recording, { wanted: (id) => id === a || id === b })) {
      if (each.exchange.endedAt !== null) found.set(each.exchange.id, each);
    }
    const [one, other] = [found.get(a), found.get(b)];
    if (!one || !other) continue;
    const comparison = await compareExchanges(one, other);
    const mirrored = await compareExchanges(other, one);
    expect(mirrored.differences).toEqual(comparison.differences.map((each) => ({ ...each, a: each.b, b: each.a })));
    return comparison;
  }
};
const wss = (host = 'localhost') => `wss://${host}:${secure.port}/chat`;
const first = ({ differences }: Comparison) => differences[0];

describe('the likeliest cause stands first', () => {
  it('nothing but noise differs between two runs of the same session', async () => {
    const { same, differences, alike } = await contrast(await session(), await session());
    expect(differences.map(({ where, weight }) => [where, weight])).toEqual([
      ['request.sec-websocket-key', 0],
      ['response.sec-websocket-accept', 0],
    ]);
    expect(same).toBe(true);
    expect(alike).toEqual([
      'target',
      'way to the server',
      'request head',
      'response head',
      'subprotocol and extensions',
      'outcome',
      'end',
      'timings',
      'messages',
    ]);
  });

  it('another Origin', async () => {
    const bad = await session({ options: { origin: 'http://evil.example' } });
    expect(first(await contrast(await session(), bad))).toMatchObject({
      where: 'request.origin',
      a: 'http://good.example',
      b: 'http://evil.example',
    });
  });

  it('another path', async () => {
    const bad = await session({ url: `ws://127.0.0.1:${plain.port}/chta` });
    expect(first(await contrast(await session(), bad))).toMatchObject({ where: 'request.path', a: '/chat', b: '/chta' });
  });

  it('a fault of shakedown, and then what it did on the server leg', async () => {
    const works = await session();
    const { choice } = await house.engine.control.arm('drop-upgrade');
    const bad = await session();
    await house.engine.control.disarm(choice.key);
    const { differences } = await contrast(works, bad);
    expect(differences.slice(0, 3).map(({ where, b }) => [where, b])).toEqual([
      ['fault.drop-upgrade', expect.stringContaining('on the server leg')],
      ['server.request.connection', ''],
      ['server.request.upgrade', ''],
    ]);
  });

  it('another subprotocol', async () => {
    const bad = await session({ protocols: ['soap', 'mqtt'] });
    expect(first(await contrast(await session(), bad))).toMatchObject({
      where: 'request.sec-websocket-protocol',
      a: 'chat',
      b: 'soap,mqtt',
    });
  });

  it('a missing cookie, and one of two that is missing', async () => {
    const works = await session();
    const none = await contrast(works, await session({ cookie: null }));
    expect(first(none)).toMatchObject({ where: 'request.cookie', a: 'sid=1; theme=dark', b: '' });
    const one = await contrast(works, await session({ cookie: 'theme=dark' }));
    expect(first(one)).toMatchObject({ where: 'request.cookie', b: 'theme=dark' });
    const other = await contrast(works, await session({ cookie: 'sid=2; theme=dark' }));
    expect(first(other)?.weight).toBeLessThan(first(one)?.weight ?? 0);
  });

  it('a certificate that does not verify', async () => {
    const works = await session({ url: wss() });
    secure.secure(expired);
    const bad = await session({ url: wss() });
    secure.secure(good);
    const { differences } = await contrast(works, bad);
    expect(differences[0]).toMatchObject({ where: 'server.tls.error', a: '', b: 'CERT_HAS_EXPIRED' });
    expect(differences.map(({ where }) => where)).toContain('server.certificate.validity');
  });

  it('another version of TLS', async () => {
    const works = await session({ url: wss() });
    secure.secure({ ...good, maxVersion: 'TLSv1.2' });
    const old = await session({ url: wss() });
    secure.secure(good);
    expect(first(await contrast(works, old))).toMatchObject({ where: 'server.tls.version', a: 'TLSv1.3', b: 'TLSv1.2' });
  });

  it('another version of TLS that the client asks for', async () => {
    const works = await session({ url: wss() });
    const old = await session({ url: wss(), options: { maxVersion: 'TLSv1.2' } });
    const { differences } = await contrast(works, old);
    expect(differences.slice(0, 2).map(({ where }) => where)).toEqual(['client.hello.versions', 'client.tls.version']);
  });

  it('HTTP/2 against HTTP/1.1', async () => {
    const old = await session({
      url: `wss://127.0.0.1:${modern.port}/chat`,
      says: [],
      leaves: true,
      options: { rejectUnauthorized: false },
    });
    const young = await nextEnd(async () => {
      const client = await callHttp2({ proxyPort: house.port, originPort: modern.port, ca: house.ca });
      const { stream, answer, bytes } = client.ask(
        extendedConnect(`127.0.0.1:${modern.port}`, {
          origin: 'http://good.example',
          cookie: 'sid=1; theme=dark',
          'sec-websocket-protocol': 'chat',
        }),
      );
      await answer;
      const closing = frame({ opcode: 8, payload: Buffer.of(3, 232), masked: false });
      stream.end(frame({ opcode: 8, payload: Buffer.of(3, 232), masked: true }));
      await bytes(closing.length);
      await client[Symbol.asyncDispose]();
    });
    const { differences } = await contrast(old, young);
    expect(differences[0]).toMatchObject({ where: 'request.version', a: 'HTTP/1.1', b: 'HTTP/2' });
    // What the versions do not have in common is no difference of its own.
    expect(differences.map(({ where }) => where)).not.toContain('request.upgrade');
    expect(differences.map(({ where }) => where)).not.toContain('response.status');
  });

  it('the first message that is not the same, by its number, its place in the JSON and the text around it', async () => {
    const says = ['one', 'two', 'three', 'four'];
    const reply = (user: string) => (text: string, nth: number) =>
      JSON.stringify({
        nth,
        said: text,
        at: new Date(1_700_000_000_000 + nth).toISOString(),
        user: { id: `${user}1`, role: nth < 3 ? 'guest' : user },
      });
    plain.manner.reply = reply('admin');
    const works = await session({ says });
    plain.manner.reply = reply('guest');
    const other = await session({ says });
    const { differences, same } = await contrast(works, other);
    expect(same).toBe(false);
    expect(differences[0]).toMatchObject({ where: 'message.server 3', note: expect.stringContaining('At $.user.role, character ') });
    expect(differences[0]?.a).toContain('"role":"admin"');
    expect(differences[0]?.b).toContain('"role":"guest"');
    expect(differences.find(({ where }) => where === 'message.server 1')).toMatchObject({ note: expect.stringContaining('$.user.id') });
    expect(differences.filter(({ where }) => where.startsWith('message.client'))).toEqual([]);
  });

  it('messages that differ in times and random ids only are the same', async () => {
    let calls = 0;
    plain.manner.reply = () => `{"sid":"lv_VI97HAXpY6yYWAA${++calls}C","now":${1_700_000_000_000 + calls}}`;
    const { same } = await contrast(await session(), await session());
    expect(same).toBe(true);
  });

  it('a conversation that goes on longer', async () => {
    const { differences } = await contrast(await session({ says: ['one'] }), await session({ says: ['one', 'two'] }));
    // The client's goodbye is a message of its own.
    expect(differences.slice(0, 2).map(({ where, a, b }) => [where, a, b])).toEqual([
      ['message.client 2', 'bye', 'two'],
      ['message.server 2', '', 'two'],
    ]);
  });

  it('another close code', async () => {
    const works = await session();
    plain.manner.close = [4001, 'kicked'];
    const kicked = await session();
    const { differences } = await contrast(works, kicked);
    expect(differences.slice(0, 2).map(({ where, b }) => [where, b])).toEqual([
      ['close.client', '4001 kicked'],
      ['close.server', '4001 kicked'],
    ]);
  });

  it('a finding brings what it speaks of before what else differs', async () => {
    const elsewhere = await startGate(expired);
    const works = await session({ url: wss() });
    const bad = await session({ url: `wss://localhost:${elsewhere.port}/chat` });
    await elsewhere[Symbol.asyncDispose]();
    const { differences } = await contrast(works, bad);
    expect(differences[0]?.where).toBe('server.tls.error');
    expect(differences.map(({ where }) => where)).toContain('target.port');
  });
});
