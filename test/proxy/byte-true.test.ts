import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/model/exchange.js';
import { type Caller, call, type Way } from './support/caller.js';
import { within } from './support/deadline.js';
import { type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';
import { playNames, type Scene, sceneOf, tunnelPlayNames } from './support/scenes.js';
import { meetingPlace, play, type Seen, seenBy } from './support/script.js';

interface Run {
  readonly client: Seen;
  readonly server: Seen;
  readonly caller: Caller;
  readonly scene: Scene;
}

interface Lane {
  readonly way: Way;
  readonly house: House;
  readonly origin: Origin;
  /** PEM; TLS where it is there. */
  readonly ca?: string;
}

const run = async ({ way, house, origin, ca }: Lane, name: string, seed: number): Promise<Run> => {
  const scene = sceneOf(name, { seed, way, port: origin.port });
  const caller = await call({ way, proxyPort: house.port, originPort: origin.port, ...(ca === undefined ? {} : { ca }) });
  const peer = origin.next();
  const meeting = meetingPlace();
  await within(Promise.all([play(caller, scene.client, meeting), peer.then((server) => play(server, scene.server, meeting))]), async () => {
    const state = (one: Peer | null) => (one ? `${one.length()} bytes, saw [${one.sights}]` : 'not there');
    const server = await Promise.race([peer, Promise.resolve(null)]);
    const events = house.now(caller.localPort).map(({ heads, outcome, client, server: leg }) => ({
      outcome,
      heads: Object.values(heads).map((head) => head?.raw.length ?? null),
      ends: [client.end, leg?.end],
    }));
    return `${way}: ${scene.title} does not end. Client: ${state(caller)}; server: ${state(server)}; record: ${JSON.stringify(events)}`;
  });
  return { client: seenBy(caller, origin.port), server: seenBy(await peer, origin.port), caller, scene };
};

let house: House;
let origin: Origin;
let secure: Origin;
const lanes: Lane[] = [];
const direct: Lane[] = [];

beforeAll(async () => {
  house = await startHouse();
  const leaf = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  const secureContext = createSecureContext(leaf.serverOptions);
  const lane = async (way: Way, into = lanes, tls = false): Promise<void> => {
    const own = await startOrigin(tls ? { secureContext } : {});
    const through = way === 'reverse' ? await startHouse({ reverse: reverseTo(own.port) }) : house;
    const ca = tls ? (way === 'direct' ? await originCa() : house.ca) : undefined;
    into.push({ way, house: through, origin: own, ...(ca === undefined ? {} : { ca }) });
  };
  const originCa = async (): Promise<string> => house.origins.caPem;
  await lane('direct', direct);
  await lane('direct', direct, true);
  for (const way of ['connect', 'socks5', 'socks4a', 'absolute', 'reverse'] as const) await lane(way);
  await lane('connect-tls', lanes, true);
  origin = await startOrigin();
  secure = await startOrigin({ secureContext });
});
afterAll(async () => {
  for (const lane of [...lanes, ...direct]) {
    await lane.origin[Symbol.asyncDispose]();
    if (lane.way === 'reverse') await lane.house[Symbol.asyncDispose]();
  }
  await origin[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

const tunnels: readonly Way[] = ['connect', 'socks5', 'socks4a', 'connect-tls'];
const recordedHeads = ({ heads }: Exchange) => ({
  clientSent: heads.clientSent?.raw ?? null,
  serverGot: heads.serverGot?.raw ?? null,
  serverSent: heads.serverSent?.raw ?? null,
  clientGot: heads.clientGot?.raw ?? null,
});

/** Where two texts part, with what stands there: whole heads of 60 KiB help nobody. */
const parting = (what: string, wanted: string | null, seen: string | null): string[] => {
  if (wanted === seen) return [];
  if (wanted === null || seen === null)
    return [`${what}: wanted ${JSON.stringify(wanted?.slice(0, 80) ?? null)}, saw ${JSON.stringify(seen?.slice(0, 80) ?? null)}`];
  let at = 0;
  while (wanted[at] === seen[at]) at++;
  const near = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
  return [`${what}: at byte ${at} wanted ${near(wanted)} (of ${wanted.length}), saw ${near(seen)} (of ${seen.length})`];
};

const counted = ({ client, server }: Exchange) => ({
  client: [client.bytesIn, client.bytesOut],
  server: [server?.bytesIn, server?.bytesOut],
});

/** What the run through the proxy shows that the direct one does not, and where the record lies. */
const compare = async (lane: Lane, name: string, seed: number): Promise<string[]> => {
  const past = direct[lane.ca === undefined ? 0 : 1];
  if (!past) throw new Error('no direct lane');
  const [without, through] = [await cached(past, name, seed), await run(lane, name, seed)];
  const [exchange] = await within(
    lane.house.exchanges(through.caller.localPort),
    () => `${lane.way}: ${name}, seed ${seed}: the exchange does not end`,
  );
  if (!exchange) throw new Error('no exchange');
  const { lossy } = through.scene;
  const { request, due, answer } = through.scene.heads;
  const heads = recordedHeads(exchange);
  const { door } = through.caller;
  const [up, down] = [through.server.length, through.client.length];
  const hop = request !== null && due !== null ? request.length - due.length : 0;
  const wanted = { client: [door.said + up + hop, door.heard + down], server: [down, up] };
  return [
    ...(lossy ? [] : parting('client got', without.client.bytes, through.client.bytes)),
    ...(lossy ? [] : parting('server got', without.server.bytes, through.server.bytes)),
    ...parting('end seen by the client', without.client.ends.join(), through.client.ends.join()),
    ...parting('end seen by the server', without.server.ends.join(), through.server.ends.join()),
    ...parting('record of clientSent', request, heads.clientSent),
    ...parting('record of serverGot', due, heads.serverGot),
    ...parting('record of serverSent', answer, heads.serverSent),
    ...parting('record of clientGot', answer, heads.clientGot),
    ...(lossy ? [] : parting('counted', JSON.stringify(wanted), JSON.stringify(counted(exchange)))),
  ].map((text) => `${lane.way}, seed ${seed}: ${text}`);
};

const runs = new Map<string, Promise<Run>>();
const cached = (lane: Lane, name: string, seed: number): Promise<Run> => {
  const key = `${lane.ca === undefined} ${name} ${seed}`;
  const known = runs.get(key) ?? (queue.get(lane) ?? Promise.resolve()).then(() => run(lane, name, seed));
  runs.set(key, known);
  queue.set(
    lane,
    known.catch(() => {}),
  );
  return known;
};
/** A direct lane serves several ways at once, one scene after the other. */
const queue = new Map<Lane, Promise<unknown>>();

describe('without a fault not one byte changes', () => {
  for (const name of [...playNames, ...tunnelPlayNames]) {
    it(name, async () => {
      const inTunnel = tunnelPlayNames.includes(name);
      const seeds = Array.from({ length: inTunnel ? 4 : 9 }, (_, i) => i + 1);
      const differences = await Promise.all(
        lanes
          .filter(({ way }) => !inTunnel || tunnels.includes(way))
          .map(async (lane) => {
            const found: string[] = [];
            for (const seed of seeds) found.push(...(await compare(lane, name, seed).catch((error: Error) => [error.message])));
            return found;
          }),
      );
      expect(differences.flat()).toEqual([]);
    });
  }
});
