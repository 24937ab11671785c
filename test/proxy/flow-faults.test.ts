import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../../src/faults/catalogue.js';
import { flowStages } from '../../src/faults/flows.js';
import type { Exchange } from '../../src/model/exchange.js';
import { type Caller, call } from './support/caller.js';
import { within } from './support/deadline.js';
import { type House, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';

let house: House;
let origin: Origin;
beforeAll(async () => {
  house = await startHouse();
  origin = await startOrigin();
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

afterEach(() => disarmAll());

interface Pair {
  readonly client: Caller;
  readonly server: Peer;
  readonly id: string;
}

const request =
  'GET /chat HTTP/1.1\r\nHost: app.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const answer =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';

/** A CONNECT tunnel in which both say these first words; `armed` is armed before it comes. */
const open = async ([fromClient, fromServer]: readonly [string, string], ...armed: readonly string[]): Promise<Pair> => {
  for (const text of armed) await house.engine.control.arm(text);
  const arrives = origin.next();
  const client = await call({ way: 'connect', proxyPort: house.port, originPort: origin.port });
  await client.send(Buffer.from(fromClient, 'latin1'));
  const server = await arrives;
  await server.bytes(fromClient.length);
  await server.send(Buffer.from(fromServer, 'latin1'));
  await client.bytes(fromServer.length);
  const id = house.now(client.localPort)[0]?.id ?? '';
  return { client, server, id };
};
const opaque = ['SSH-2.0-client\r\n', 'SSH-2.0-server\r\n'] as const;
const webSocket = [request, answer] as const;

const disarmAll = async (): Promise<void> => {
  for (const { choice } of await house.engine.control.armed()) await house.engine.control.disarm(choice.key);
};
const over = async ({ client, server }: Pair): Promise<Exchange> => {
  client.reset();
  server.reset();
  const [exchange] = await within(house.exchanges(client.localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return exchange;
};
/** What the peer got behind its first words. */
const rest = (peer: Peer, first: string): string => peer.received().toString('latin1').slice(first.length);
const detours = (id: string): readonly string[] =>
  house.events.flatMap((event) => (event.type === 'detour' && event.exchange === id ? [event.from] : []));

describe('in a tunnel whose bytes nobody can read', () => {
  it('bytes are cut into slices, held back, corrupted and counted, and the record says so', async () => {
    const pair = await open(opaque, 'slices:from=server,bytes=2,ms=1', 'corrupt-bytes:from=client,byte=1,bit=5');
    const { client, server } = pair;
    await server.send(Buffer.from('HELLO'));
    await client.send(Buffer.from('HELLO'));
    await client.bytes(opaque[1].length + 5);
    await server.bytes(opaque[0].length + 5);
    expect(rest(client, opaque[1])).toBe('HELLO');
    await disarmAll();
    const exchange = await over(pair);
    expect(exchange.kind).toBe('tunnel');
    expect(exchange.applied.map(({ id }) => id)).toEqual(expect.arrayContaining(['slices', 'corrupt-bytes']));
    expect(server.received().toString('latin1')).toBe('sSH-2.0-client\r\nHELLO');
  });

  it('a limit ends both legs with FIN, behind exactly so many bytes', async () => {
    const { client, server } = await open(opaque, `limit-data:from=server,bytes=${opaque[1].length + 3}`);
    await server.send(Buffer.from('HELLO'));
    await Promise.all([client.ended(), server.ended()]);
    expect(rest(client, opaque[1])).toBe('HEL');
    expect([client.sights[0], server.sights[0]]).toEqual(['fin', 'fin']);
    await disarmAll();
    client.fin();
    server.fin();
    await house.exchanges(client.localPort);
  });

  it('an idle connection is cut on both legs', async () => {
    const { client, server } = await open(opaque, 'idle-cut:ms=60');
    await Promise.all([client.ended(), server.ended()]);
    expect([client.sights[0], server.sights[0]]).toEqual(['fin', 'fin']);
    await disarmAll();
    client.fin();
    server.fin();
    await house.exchanges(client.localPort);
  });
});

describe('disarmed on the way', () => {
  it('what a stall held comes in its order, and the FIN behind it, while the other direction goes on', async () => {
    const pair = await open(webSocket, 'stall-bytes:from=server');
    const { client, server } = pair;
    await server.send(Buffer.from([0x81, 3, ...Buffer.from('one')]));
    await server.send(Buffer.from([0x81, 3, ...Buffer.from('two')]));
    server.fin();
    await house.event((event) => event.type === 'end' && event.exchange === pair.id && event.leg === 'server');
    expect(rest(client, answer)).toBe('');
    await disarmAll();
    await client.ended();
    expect(rest(client, answer)).toBe('\x81\x03one\x81\x03two');
    await client.send(Buffer.from('still here'));
    await server.bytes(request.length + 10);
    expect(rest(server, request)).toBe('still here');
    await over(pair);
  });

  it('a sender that was not read from is read again, and nothing is lost', async () => {
    const pair = await open(webSocket, 'zero-window:from=client');
    const { client, server } = pair;
    const chunk = Buffer.alloc(65_536, 7);
    await house.event((event) => event.type === 'detour' && event.exchange === pair.id && event.from === 'client');
    // Until the buffers of the system are full.
    let sent = 0;
    while (client.stream.write(chunk) || client.stream.writableLength < 8_000_000) sent += chunk.length;
    sent += chunk.length;
    expect(server.length() - request.length).toBeLessThan(chunk.length);
    await disarmAll();
    await server.bytes(request.length + sent);
    expect(server.length()).toBe(request.length + sent);
    await over(pair);
  });
});

it('a half-open connection keeps the end of one side from the other, and does not keep shakedown from stopping', async () => {
  const own = await startHouse();
  await own.engine.control.arm('half-open');
  const arrives = origin.next();
  const client = await call({ way: 'connect', proxyPort: own.port, originPort: origin.port });
  await client.send(Buffer.from(request));
  const server = await arrives;
  await server.bytes(request.length);
  await server.send(Buffer.from(answer));
  await client.bytes(answer.length);
  await own.event((event) => event.type === 'fault');
  await server.send(Buffer.from([0x81, 2, 0x68, 0x69]));
  client.reset();
  await own.event((event) => event.type === 'end' && event.leg === 'client');
  await server.send(Buffer.from([0x81, 2, 0x68, 0x69]));
  expect(server.sights).toEqual([]);
  expect(rest(client, answer)).toBe('');
  await own[Symbol.asyncDispose]();
  await server.closed();
});

it('with every fault on directions armed for one exchange, the others stay byte for byte what they were, on the fast path', async () => {
  const victim = 3;
  const armed = faults.filter(({ stage }) => (flowStages as readonly string[]).includes(stage));
  expect(armed.length).toBeGreaterThan(25);
  for (const { id } of armed) await house.engine.control.arm(`${id}:nth=${victim}`);
  const pairs: Pair[] = [];
  for (let nth = 1; nth <= 5; nth++) pairs.push(await open(webSocket));
  const said = (nth: number): Buffer => Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 31 + nth * 7) & 0xff));
  const others = pairs.filter((_, index) => index !== victim - 1);
  await Promise.all(
    pairs.map(async ({ client, server }, index) => {
      client.stream.write(said(index));
      server.stream.write(said(index + 100));
      if (index === victim - 1) return;
      await Promise.all([client.bytes(answer.length + 50_000), server.bytes(request.length + 50_000)]);
      expect(
        client
          .received()
          .subarray(answer.length)
          .equals(said(index + 100)),
      ).toBe(true);
      expect(server.received().subarray(request.length).equals(said(index))).toBe(true);
    }),
  );
  expect(pairs.map(({ id }) => detours(id).length)).toEqual([0, 0, 2, 0, 0]);
  await disarmAll();
  for (const pair of others) {
    const exchange = await over(pair);
    expect([exchange.applied, exchange.given]).toEqual([[], {}]);
  }
  const hit = pairs[victim - 1];
  hit?.client.reset();
  hit?.server.reset();
});
