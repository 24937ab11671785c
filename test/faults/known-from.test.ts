import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { Asking, createArmory } from '../../src/faults/armory.js';
import { isSettled, knownFrom, stageOrder } from '../../src/faults/known-from.js';
import { exchangeFields, headField } from '../../src/filter/fields.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Stage } from '../../src/model/fault-choice.js';
import { frame } from '../proxy/support/frames.js';
import { type House, reverseTo, startHouse } from '../proxy/support/house.js';
import { callHttp2, extendedConnect } from '../proxy/support/http2-caller.js';
import { opening } from '../proxy/support/scripted-upstreams.js';
import { http, talk, through, tidy } from '../proxy/support/upstream-talk.js';
import { throughSocks } from '../support/clients/socks-connection.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';

interface Visit {
  readonly stage: Stage;
  readonly ordinal: number;
  readonly exchange: Exchange;
}
/** Every stage that an exchange reached, and what the engine knew of it in that moment. */
const visits = vi.hoisted(() => [] as Visit[]);
vi.mock('../../src/faults/armory.js', async (original) => {
  const real = await original<{ createArmory: typeof createArmory }>();
  return {
    ...real,
    createArmory: (options: Parameters<typeof createArmory>[0]) => ({
      ...real.createArmory(options),
      serves: () => true,
      forStage: (stage: Stage, { ordinal, look }: Asking) => {
        const exchange = look();
        if (exchange) visits.push({ stage, ordinal, exchange });
        return [];
      },
    }),
  };
});

const fields = [...exchangeFields, ...['request.host', 'response.upgrade'].flatMap((name) => headField(name) ?? [])];
const valuesOf = (name: string, exchange: Exchange): string =>
  JSON.stringify(fields.find((field) => field.name === name)?.values({ exchange, findings: () => [] }));

/** Opens, exchanges a message, closes. */
const converse = (url: string, options: ClientOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('open', () => socket.send('one'));
    socket.on('message', () => socket.close(1000));
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });

const reached: { readonly visit: Visit; readonly last: Exchange }[] = [];
const keepVisits = (house: House): void => {
  for (const visit of visits.splice(0)) {
    const last = house.all().find(({ id }) => id === String(visit.ordinal));
    if (last) reached.push({ visit, last });
  }
};

tidy();
let plain: EchoServer;
let secure: EchoServer;
let h2: Http2Server;
let house: House;
beforeAll(async () => {
  house = await startHouse({ insecure: ['127.0.0.1'] });
  const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
  plain = await startEchoServer();
  secure = await startEchoServer({ tls: serverOptions });
  h2 = await startHttp2Server(testCertificate());
});
afterAll(async () => {
  for (const one of [plain, secure, h2, house]) await one[Symbol.asyncDispose]();
});

/** All entrances, with and without TLS, on either leg, HTTP/2 and an upstream proxy. */
const everyWay = async (): Promise<void> => {
  const trust = { ca: house.ca };
  const proxy = `http://127.0.0.1:${house.port}`;
  const wss = secure.url.replace('127.0.0.1', 'localhost');
  for (const way of ['connect', 'socks5', 'socks4a', 'absolute'] as const) await talk(house, way, plain.port);
  await converse(wss, { agent: new HttpsProxyAgent(proxy, trust), ...trust });
  const bySocks: object = { createConnection: throughSocks({ host: '127.0.0.1', port: house.port }, trust) };
  await converse(wss, { ...trust, ...bySocks });
  await converse(wss, { agent: new HttpsProxyAgent(proxy.replace('http:', 'https:'), trust), ...trust });
  const client = await callHttp2({ proxyPort: house.port, originPort: h2.port, ca: house.ca });
  const { stream, answer, bytes } = client.ask(extendedConnect(`127.0.0.1:${h2.port}`));
  await answer;
  stream.write(frame({ opcode: 1, payload: 'hello', masked: true }));
  await bytes(7);
  await client[Symbol.asyncDispose]();
  await house.event((event) => event.type === 'closed' && event.exchange === String(house.all().length));
  keepVisits(house);
  const upstream = await http(opening);
  const outward = await through(`http://127.0.0.1:${upstream.port}`);
  await talk(outward, 'connect', plain.port);
  keepVisits(outward);
  const reversed = await startHouse({ reverse: reverseTo(plain.port) });
  await talk(reversed, 'reverse', plain.port);
  keepVisits(reversed);
  await reversed[Symbol.asyncDispose]();
};

describe('what is known of an exchange at each stage', () => {
  it('is in the end what it was from the stage on that the table names, for every field of the filter language', async () => {
    await everyWay();
    const kinds = new Set(reached.map(({ visit, last }) => `${last.entrance} ${visit.stage}`));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining(['connect client-tls', 'reverse dial', 'socks5 entrance', 'absolute message']),
    );
    const wrong = reached.flatMap(({ visit, last }) =>
      fields.flatMap(({ name }) => {
        const from = knownFrom(name);
        if (from === null || stageOrder(visit.stage) < stageOrder(from) || !isSettled(name, visit.exchange)) return [];
        const [then, finally_] = [valuesOf(name, visit.exchange), valuesOf(name, last)];
        return then === finally_ ? [] : [`${name} at ${visit.stage} of ${last.entrance}: ${then}, in the end ${finally_}`];
      }),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('is a value of some exchange in the end, for every field of the table but those of failures', () => {
    const failures = ['leg.client.tls.error', 'leg.server.tls.error'];
    const known = fields.filter(({ name }) => knownFrom(name) !== null && !failures.includes(name));
    expect(known.length).toBeGreaterThan(30);
    expect(known.filter(({ name }) => reached.every(({ last }) => valuesOf(name, last) === '[]')).map(({ name }) => name)).toEqual([]);
  });

  it('is in the end another thing for every field that the table leaves out, but for failures, faults and findings', () => {
    const left = fields.filter(({ name }) => knownFrom(name) === null).map(({ name }) => name);
    const changing = left.filter((name) =>
      reached.some(({ visit, last }) => visit.stage === 'close' && valuesOf(name, visit.exchange) !== valuesOf(name, last)),
    );
    expect(left.filter((name) => !changing.includes(name))).toEqual([
      ...['error', 'refusal', 'fault', 'finding', 'cause', 'severity', 'frame.defect'],
    ]);
  });
});
