import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReverse } from '../../src/control/reverse-target.js';
import { parseWayOut } from '../../src/control/way-out.js';
import { authorityOf } from '../../src/model/target.js';
import { dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import {
  bracketed,
  comeIn,
  type Family,
  families,
  loopback,
  nameIn,
  type Place,
  type Scheme,
  schemes,
  type Way,
  ways,
} from './support/matrix.js';
import { type Origin, startOrigin } from './support/origin.js';
import { takePeer } from './support/peer.js';
import { clientFrame, serverFrame } from './support/scenes.js';
import { startUpstream, type Upstream } from './support/upstreams.js';

/** How the proxy goes out. */
const outs = { direct: null, 'upstream http': 'http', 'upstream socks5': 'socks5' } as const;

interface Row {
  readonly house: House;
  readonly upstream: Upstream | null;
}

const rows = new Map<string, Row>();
const servers = new Map<string, Origin>();
const row = (out: string, family: Family): Row => {
  const found = rows.get(`${out} ${family}`);
  if (!found) throw new Error(`there is no proxy for ${out}, ${family}`);
  return found;
};
const serverFor = (scheme: Scheme, family: Family): Origin => {
  const found = servers.get(`${scheme} ${family}`);
  if (!found) throw new Error(`there is no server for ${scheme}, ${family}`);
  return found;
};

beforeAll(async () => {
  const first = await startHouse();
  const { caPath } = first.origins;
  for (const family of families) {
    const host = loopback[family];
    const { serverOptions } = await first.origins.leaf({ host, recipe: 'good' });
    servers.set(`ws ${family}`, await startOrigin({ host }));
    servers.set(`wss ${family}`, await startOrigin({ host, secureContext: createSecureContext(serverOptions) }));
    // The path that a client says is the path that the server hears: `/ws` and `/wss` only tell the two servers apart.
    const reverse = parseReverse(schemes.map((scheme) => `/${scheme}=${scheme}://${bracketed(host)}:${serverFor(scheme, family).port}`));
    for (const [name, kind] of Object.entries(outs)) {
      const upstream = kind ? await startUpstream(kind, host) : null;
      // Beside the server on ::1 anything may hold the same port of 127.0.0.1, and a name under localhost leads to both.
      const resolve = families.map((one) => `${nameIn[one]}=${loopback[one]}`);
      const out = parseWayOut({ resolve, ...(upstream ? { upstreamProxy: `${kind}://${bracketed(host)}:${upstream.port}` } : {}) });
      const house = await startHouse({ host, reverse, upstreamCa: caPath, insecure: Object.values(nameIn), out });
      rows.set(`${name} ${family}`, { house, upstream });
    }
  }
  rows.set('first', { house: first, upstream: null });
});
afterAll(async () => {
  for (const { house, upstream } of rows.values()) {
    expect(bugsOf(house)).toEqual([]);
    await house[Symbol.asyncDispose]();
    await upstream?.[Symbol.asyncDispose]();
  }
  for (const server of servers.values()) await server[Symbol.asyncDispose]();
});

const requestHead = (target: string, { host, more = '' }: { readonly host: string; readonly more?: string }): string =>
  `GET ${target} HTTP/1.1\r\nX-Twice:  a \r\nhOsT:${host}\r\nx-twice:b\r\nUPGRADE: WebSocket\r\nConnection:\tkeep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: null\r\n${more}\r\n`;
const answer =
  'HTTP/1.1 101 Go  ahead\r\nupgrade:WebSocket\r\nX-Twice: b\r\nCONNECTION:  Upgrade\r\nx-twice:a\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const path = '/socket//x?a=%zz&b[]=1';
const latin1 = (bytes: Uint8Array | string): string => Buffer.from(bytes as string, 'latin1').toString('latin1');

/** One short conversation, with an early frame, an echo, and a server that ends; and what the record says of it. */
const converse = async (out: string, way: Way, { scheme, family }: { readonly scheme: Scheme; readonly family: Family }) => {
  const { house, upstream } = row(out, family);
  const origin = serverFor(scheme, family);
  const place: Place = { scheme, family, port: origin.port };
  const asked = upstream?.asked.length ?? 0;
  const own = `${bracketed(way.byName ? nameIn[family] : loopback[family])}:${origin.port}`;
  const said = requestHead(way.target(path, place), { host: way.host ?? own, ...(way.fields ? { more: way.fields } : {}) });
  const due = requestHead(way.entrance === 'reverse' ? way.target(path, place) : path, { host: own });
  const [early, late] = [clientFrame('early'), clientFrame('late')];
  const [first, second] = [serverFrame('early'), serverFrame('late')];

  const client = await comeIn(way, place, { host: loopback[family], port: house.port, ca: house.ca });
  await client.send(Buffer.concat([Buffer.from(said, 'latin1'), early]));
  const server = await within(origin.next(), () => `no server leg: ${client.received().toString('latin1')}`);
  await server.bytes(due.length + early.length);
  await server.send(Buffer.from(answer, 'latin1'));
  await server.send(first);
  await client.bytes(answer.length + first.length);
  await client.send(late);
  await server.bytes(due.length + early.length + late.length);
  await server.send(second);
  server.fin();
  await client.ended();
  client.fin();
  await Promise.all([server.closed(), client.closed()]);
  const [exchange] = await within(house.exchanges(client.localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  const { heads, target, server: leg } = exchange;
  return {
    seen: {
      server: latin1(server.received()),
      client: latin1(client.received()),
      ends: [...client.sights, ...server.sights],
      heads: [heads.clientSent?.raw, heads.serverGot?.raw, heads.serverSent?.raw, heads.clientGot?.raw],
      crossed: [latin1(house.crossed(exchange.id, 'client')), latin1(house.crossed(exchange.id, 'server'))],
      record: [exchange.entrance, exchange.outcome, target?.scheme, target && authorityOf(target), Boolean(leg?.tls)],
      asked: upstream?.asked.slice(asked),
    },
    wanted: {
      server: due + latin1(early) + latin1(late),
      client: answer + latin1(first) + latin1(second),
      ends: ['fin', 'fin'],
      heads: [said, due, answer, answer],
      crossed: [latin1(early) + latin1(late), latin1(first) + latin1(second)],
      record: [way.entrance, 'closed', scheme, own, scheme === 'wss'],
      asked: upstream ? [own.replace(/[[\]]/g, '')] : undefined,
    },
  };
};

const cells = Object.keys(outs).flatMap((out) =>
  Object.keys(ways).flatMap((entrance) => schemes.flatMap((scheme) => families.map((family) => ({ out, entrance, scheme, family })))),
);

describe('every way in with every way out: an echo, and not one byte changed', () => {
  it.each(cells)('$entrance, $scheme, $family, $out', async ({ out, entrance, ...place }) => {
    const way = ways[entrance];
    if (!way) throw new Error(`there is no way ${entrance}`);
    const { seen, wanted } = await converse(out, way, place);
    expect(seen).toEqual(wanted);
  });
});

describe('the upstream proxies of these tests', () => {
  it.each(['http', 'socks5'] as const)('lead to where they are asked: %s', async (kind) => {
    await using upstream = await startUpstream(kind, '::1');
    const origin = serverFor('ws', 'IPv6');
    const way = ways[kind === 'http' ? 'CONNECT' : 'SOCKS5'];
    const socket = await dial(upstream.port, '::1');
    await way?.enter?.(socket, { scheme: 'ws', family: 'IPv6', port: origin.port });
    const client = takePeer(socket);
    await client.send(Buffer.from('ping'));
    const server = await within(origin.next(), () => 'no connection came');
    await server.bytes(4);
    await server.send(Buffer.from('pong'));
    server.fin();
    await client.ended();
    client.fin();
    await Promise.all([client.closed(), server.closed()]);
    expect([server.received().toString(), client.received().toString()]).toEqual(['ping', 'pong']);
    expect(upstream.asked).toEqual([`::1:${origin.port}`]);
  });
});
