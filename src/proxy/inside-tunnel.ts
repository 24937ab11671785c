import type { Entrance, EventBody } from '../model/event.js';
import type { Head } from '../model/head.js';
import { requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { parseHead } from '../wire/http-head.js';
import type { Speech } from '../wire/sniff.js';
import { isHandshake } from '../wire/upgrade.js';
import type { Place } from './entrances/connect.js';
import type { ExchangeLog } from './exchange-log.js';
import { firstWords } from './first-words.js';
import { handshake } from './handshake.js';
import { relayHttp2 } from './http2/relay-http2.js';
import { servePlain } from './plain-http.js';
import { type Reached, reach } from './reach.js';
import { refuse } from './refuse.js';
import { relayBoth } from './relay.js';
import { awaitRequestHead, goesRaw, readRequestHead, refusedAsAmbiguous } from './request-head.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';
import { opaque, secureBoth, tcpTo } from './tunnel.js';

/** What is said once of a tunnel, and holds for each of its exchanges. */
const lasting: ReadonlySet<EventBody['type']> = new Set(['client-hello', 'tls', 'client-certificate', 'mirrored']);

export interface Station {
  readonly river: River;
  readonly log: ExchangeLog;
}

export interface TunnelVisit {
  readonly tap: Tap;
  readonly client: Side;
  readonly place: Place;
  readonly entrance: Entrance;
}

/** A tunnel that CONNECT or SOCKS opened: TLS is opened on both legs, handshakes and plain requests are served, all else is relayed as it is. */
export const insideTunnel = async (station: Station, visit: TunnelVisit): Promise<void> => {
  const { river, log } = station;
  const { place, tap, client } = visit;
  const { server } = place;
  log.server(server);
  const speech = await firstWords(tap, client, server);
  // A server that has ended already cannot take part in TLS.
  if (speech !== 'tls' || server.stream.readableEnded)
    return serve(station, { ...visit, scheme: 'ws', server, facts: place.facts }, speech);
  const facts: EventBody[] = [...place.facts];
  const noting: Tap = {
    ...tap,
    emit: (body) => {
      if (lasting.has(body.type)) facts.push(body);
      tap.emit(body);
    },
  };
  const secured = await secureBoth(river, noting, { client, place, log });
  if (!secured) return;
  if (secured.alpn === 'h2') {
    const { client, server } = secured;
    return relayHttp2(station, { tap, client, server, place, entrance: visit.entrance, facts });
  }
  if (secured.refusal === null) {
    const inner = { ...visit, scheme: 'wss', client: secured.client, server: secured.server, facts } as const;
    return serve(station, inner, await firstWords(tap, inner.client, inner.server));
  }
  const head = await readRequestHead(secured.client, tap);
  if (!head) return;
  secured.client.count.in += head.raw.length;
  tap.emit({ type: 'target', target: targetOf({ place, scheme: 'wss' }, head), kind: isHandshake(head) ? 'websocket' : 'http' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  refuse(secured.client, tap, { status: 502, why: 'server-tls', text: secured.refusal });
};

const serve = async (station: Station, visit: RequestsVisit, speech: Speech | 'server-first' | null): Promise<void> => {
  const { tap, client, server, place } = visit;
  if (speech === 'http') return requests(station, visit);
  // In TLS 1.3 a server refuses a client certificate after the handshake, often before the client has spoken: that makes it no other protocol.
  if (speech === 'server-first' && visit.scheme === 'wss' && server.failure() && server.held.length === 0)
    return relayBoth(client, server, tap);
  if (speech !== null) return void (await opaque(tap, { client, server, target: tcpTo(place) }));
  tap.emit({ type: 'not-a-head', site: 'clientSent', raw: '', why: 'truncated' });
  await leftBy(tap, { client, server });
};

/** A client that said FIN may still wait for the server's words; one that was silent for too long is let go. */
const leftBy = async (tap: Tap, { client, server }: { readonly client: Side; readonly server: Side }): Promise<void> => {
  if (client.stream.readableEnded || client.stream.destroyed) await relayBoth(client, server, tap);
};

interface RequestsVisit extends TunnelVisit {
  readonly server: Side;
  readonly scheme: 'ws' | 'wss';
  /** What holds for every exchange of this tunnel. */
  readonly facts: readonly EventBody[];
}

const targetOf = ({ place, scheme }: Pick<RequestsVisit, 'place' | 'scheme'>, head: Head): Target => {
  const http = scheme === 'wss' ? 'https' : 'http';
  return { scheme: isHandshake(head) ? scheme : http, host: place.host, port: place.port, path: requestLine(head).target };
};

/** One request after the other on the same two connections. */
const requests = async ({ river, log }: Station, visit: RequestsVisit): Promise<void> => {
  const { client, server, tap } = visit;
  const { lenient } = river.options;
  const head = await nextHead(tap, visit);
  if (!head) return;
  const target = targetOf(visit, head);
  if (!goesRaw(head)) {
    client.stream.unshift(Buffer.from(head.raw, 'latin1'));
    return plainRequests({ river, log }, { ...visit, tap });
  }
  client.count.in += head.raw.length;
  tap.emit({ type: 'target', target, kind: isHandshake(head) ? 'websocket' : 'http' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  if (refusedAsAmbiguous(head, { client, tap, lenient })) return;
  if ((await handshake(river, { tap, client, server, target, head, due: head.raw })) === 'over') return;
  return furtherRequests({ river, log }, { ...visit, tap });
};

/** After a refusal in full: the connections stay, and may carry another request. */
const furtherRequests = async (station: Station, visit: RequestsVisit): Promise<void> => {
  const { log } = station;
  const { client, server, entrance, facts, tap } = visit;
  const speech = await firstWords(tap, client, server);
  if (speech === null) return leftBy(tap, { client, server });
  if (speech !== 'http') return relayBoth(client, server, tap);
  const next = log.open(client, entrance, facts);
  log.server(server);
  await requests(station, { ...visit, tap: next });
};

/** The next head; null: what came was none, and both sides got all of it as they would have without us. */
const nextHead = async (tap: Tap, { client, server, place }: RequestsVisit): Promise<Head | null> => {
  const asked = await awaitRequestHead(client, tap, server);
  if (asked.type === 'head') return asked.head;
  if (asked.type === 'interrupted') await opaque(tap, { client, server, target: tcpTo(place) });
  else if (asked.why === 'truncated') {
    server.stream.write(asked.bytes);
    server.count.out += asked.bytes.length;
    await relayBoth(client, server, tap);
  }
  return null;
};

/** Plain requests in the tunnel; a later one that upgrades gets a connection of its own to the server. */
const plainRequests = async (station: Station, visit: RequestsVisit): Promise<void> => {
  const { river, log } = station;
  const { client, place, entrance, facts, scheme } = visit;
  const { lenient } = river.options;
  let tap: Tap | null = visit.tap;
  let current = visit.tap;
  let spare: Side | null = visit.server;
  const hello = facts.find((fact) => fact.type === 'client-hello')?.hello;
  const nextTap = (): Tap => {
    current = tap ?? log.open(client, entrance, facts);
    tap = null;
    return current;
  };
  const connect = async (target: Target): Promise<Reached> => {
    const ready = spare;
    spare = null;
    if (ready && !ready.stream.destroyed && !ready.stream.readableEnded) return { side: ready, proxy: null };
    return reach(river, current, { target, head: place.head, ...(hello ? { hello } : {}) });
  };
  const end = await servePlain({
    client,
    lenient,
    nextTap,
    done: () => log.close(),
    wayOf: ({ target }) => {
      const plain: Target = { scheme: scheme === 'wss' ? 'https' : 'http', host: place.host, port: place.port, path: target };
      current.emit({ type: 'target', target: plain, kind: 'http' });
      return { target: plain, path: target };
    },
    connect,
    uses: (server) => log.server(server),
  });
  if (end.type === 'closed') return;
  const head = parseHead(end.raw, 'request');
  const target = targetOf(visit, head);
  nextTap();
  current.emit({ type: 'target', target, kind: isHandshake(head) ? 'websocket' : 'http' });
  current.emit({ type: 'head', site: 'clientSent', raw: head.raw, reserialised: true });
  if (refusedAsAmbiguous(head, { client, tap: current, lenient })) return;
  const reached = await reach(river, current, { target, head: place.head, client, ...(hello ? { hello } : {}) });
  if ('refusal' in reached) return refuse(client, current, reached.refusal);
  const server = reached.side;
  log.server(server);
  if ((await handshake(river, { tap: current, client, server, target, head, due: head.raw })) === 'over') return;
  await furtherRequests(station, { ...visit, tap: current, server });
};
