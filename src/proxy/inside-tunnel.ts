import type { Entrance, EventBody } from '../model/event.js';
import type { Head } from '../model/head.js';
import { requestLine } from '../model/head.js';
import { authorityOf, type Target } from '../model/target.js';
import { parseHead } from '../wire/http-head.js';
import type { Speech } from '../wire/sniff.js';
import { isHandshake } from '../wire/upgrade.js';
import type { Place } from './entrances/connect.js';
import type { ExchangeLog } from './exchange-log.js';
import { httpAnswer } from './fault-stage.js';
import { act, firstWords } from './first-words.js';
import { handshake } from './handshake.js';
import { bridgeClient } from './http2/bridge-client.js';
import { bridgeServer, type ServerBridge } from './http2/bridge-server.js';
import { relayHttp2 } from './http2/relay-http2.js';
import { servePlain } from './plain-http.js';
import { type Reached, reach, secureAnyway } from './reach.js';
import { refuse } from './refuse.js';
import { relayBoth } from './relay.js';
import { awaitRequestHead, goesRaw, readRequestHead, refusedAsAmbiguous } from './request-head.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import { hearAfterServer } from './spoken-first.js';
import type { Tap } from './tap.js';
import { opaque, type Secured, secureBoth, tcpTo } from './tunnel.js';

/** What is said once of a connection, and holds for each of its exchanges. */
export const lasting: ReadonlySet<EventBody['type']> = new Set(['client-hello', 'tls', 'client-certificate', 'mirrored']);

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
  if (speech !== 'tls' || server.stream.readableEnded) {
    return serve(station, { ...visit, scheme: 'ws', server, facts: place.facts, bridge: null }, speech);
  }
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
  if (secured.refusal === null) return secureRequests(station, visit, { ...secured, facts });
  const head = await readRequestHead(secured.client, tap);
  if (!head) return;
  secured.client.count.in += head.raw.length;
  tap.emit({ type: 'target', target: targetOf({ place, scheme: 'wss' }, head), kind: isHandshake(head) ? 'websocket' : 'http' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  refuse(secured.client, tap, { status: 502, why: 'server-tls', text: secured.refusal });
};

/** What both legs speak inside their TLS; they differ only where HTTP/2 is forced. */
const secureRequests = async (
  station: Station,
  visit: TunnelVisit,
  secured: Secured & { readonly facts: readonly EventBody[] },
): Promise<void> => {
  const { tap, place, entrance } = visit;
  const { client, server, http2, facts } = secured;
  if (http2.client && http2.server) return relayHttp2(station, { tap, client, server, place, entrance, facts });
  const inner = { ...visit, scheme: 'wss', client, facts } as const;
  if (http2.client) return streams(station, { ...inner, server, bridge: null });
  if (!http2.server) return serve(station, { ...inner, server, bridge: null }, await firstWords(tap, client, server));
  const bridge = bridgeServer(server, authorityOf(place));
  try {
    const spoken = bridge.speak(tap);
    const facade = bridge.connect();
    const log = bridge.speaking(station.log);
    if (facade)
      await serve({ ...station, log }, { ...inner, tap: spoken, server: facade, bridge }, await firstWords(spoken, client, facade));
  } finally {
    bridge.close();
  }
};

/** Each stream of a client is a connection of its own to the server; the one that stands is the first's. */
const streams = (station: Station, visit: RequestsVisit): Promise<void> => {
  const { client, server, entrance, facts, tap } = visit;
  const over = new AbortController();
  const acted = server && act(server, over.signal);
  let spare = server;
  const first = async (): Promise<Side | null> => {
    const ready = spare;
    spare = null;
    over.abort();
    // One that the server has ended meanwhile is of no more use.
    return ready && (await acted)?.type === 'aborted' ? ready : null;
  };
  const serveStream = async (own: Station, { tap, client, head }: { readonly tap: Tap; readonly client: Side; readonly head: Head }) =>
    request(own, { ...visit, tap, client, server: await first() }, head);
  return bridgeClient(station, { tap, client, entrance, facts, serve: serveStream }).finally(() => over.abort());
};

const serve = async (station: Station, visit: Conversing, speech: Speech | 'server-first' | null): Promise<void> => {
  const { river } = station;
  const { tap, client, server, place } = visit;
  if (speech === 'http') return requests(station, visit);
  // A server that breaks before the client has spoken speaks no other protocol by that: in TLS 1.3 it refuses a client certificate so.
  if (speech === 'server-first' && server.failure() && server.held.length === 0) return relayBoth(client, server, tap);
  if (speech === 'server-first') {
    const secure: Target = { scheme: 'wss', host: place.host, port: place.port, path: '' };
    const hearing = hearAfterServer(tap, { targetOf: (head) => targetOf(visit, head), secure });
    return void (await opaque(river, hearing, { client, server, target: tcpTo(place) }));
  }
  if (speech !== null) return void (await opaque(river, tap, { client, server, target: tcpTo(place) }));
  tap.emit({ type: 'not-a-head', site: 'clientSent', raw: '', why: 'truncated' });
  await leftBy(tap, { client, server });
};

/** A client that said FIN may still wait for the server's words; one that was silent for too long is let go. */
const leftBy = async (tap: Tap, { client, server }: { readonly client: Side; readonly server: Side }): Promise<void> => {
  if (client.stream.readableEnded || client.stream.destroyed) await relayBoth(client, server, tap);
};

interface RequestsVisit extends TunnelVisit {
  /** Null: one is made for each request. */
  readonly server: Side | null;
  readonly scheme: 'ws' | 'wss';
  /** What holds for every exchange of this tunnel. */
  readonly facts: readonly EventBody[];
  /** The server speaks HTTP/2, the client does not. */
  readonly bridge: ServerBridge | null;
}

/** The server is there, and may act before the client does. */
type Conversing = RequestsVisit & { readonly server: Side };

const targetOf = ({ place, scheme }: Pick<RequestsVisit, 'place' | 'scheme'>, head: Head): Target => {
  const http = scheme === 'wss' ? 'https' : 'http';
  return { scheme: isHandshake(head) ? scheme : http, host: place.host, port: place.port, path: requestLine(head).target };
};

/** One request after the other on the same two connections. */
const requests = async (station: Station, visit: Conversing): Promise<void> => {
  const head = await nextHead(station.river, visit);
  if (head) await request(station, visit, head);
};

const request = async ({ river, log }: Station, visit: RequestsVisit, head: Head): Promise<void> => {
  const { client, tap } = visit;
  const { lenient } = river.options;
  const target = targetOf(visit, head);
  if (!goesRaw(head)) {
    client.stream.unshift(Buffer.from(head.raw, 'latin1'));
    return plainRequests({ river, log }, { ...visit, tap });
  }
  client.count.in += head.raw.length;
  tap.emit({ type: 'target', target, kind: isHandshake(head) ? 'websocket' : 'http' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  if (refusedAsAmbiguous(head, { client, tap, lenient })) return;
  const fits = !visit.bridge || !isHandshake(head) || (await visit.bridge.takesHandshakes());
  const reached =
    visit.server && fits
      ? await secureAnyway(river, tap, { server: visit.server, target })
      : await reachAgain(river, visit, { tap, target, client });
  if ('refusal' in reached) return refuse(client, tap, reached.refusal);
  const server = reached.side;
  log.server(server);
  if ((await handshake(river, { tap, client, server, target, head, due: head.raw })) === 'over') return;
  return furtherRequests({ river, log }, { ...visit, server });
};

/** Another connection to the server for this request. */
const reachAgain = async (
  river: River,
  visit: RequestsVisit,
  to: { readonly tap: Tap; readonly target: Target; readonly client?: Side },
): Promise<Reached> => {
  const { bridge, facts, place } = visit;
  const { tap, ...goal } = to;
  const { target } = goal;
  const handshakes = target.scheme === 'ws' || target.scheme === 'wss';
  const side = bridge && (!handshakes || (await bridge.takesHandshakes())) ? bridge.connect() : null;
  if (side) return { side, proxy: null };
  bridge?.bypass();
  const hello = facts.find((fact) => fact.type === 'client-hello')?.hello;
  // By ALPN of its own the server would choose HTTP/2 again.
  const said = hello && bridge ? { ...hello, alpn: ['http/1.1'] } : hello;
  return reach(river, tap, { ...goal, head: place.head, ...(said ? { hello: said } : {}), shown: river.options.http2 === 'force' });
};

/** After a refusal in full: the connections stay, and may carry another request. */
const furtherRequests = async (station: Station, visit: Conversing): Promise<void> => {
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
const nextHead = async (river: River, { tap, client, server, place }: Conversing): Promise<Head | null> => {
  const asked = await awaitRequestHead(client, tap, server);
  if (asked.type === 'head') return asked.head;
  if (asked.type === 'interrupted') await opaque(river, tap, { client, server, target: tcpTo(place) });
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
  const nextTap = (): Tap => {
    current = tap ?? log.open(client, entrance, facts);
    tap = null;
    return current;
  };
  const connect = async (target: Target): Promise<Reached> => {
    const ready = spare;
    spare = null;
    if (ready && !ready.stream.destroyed && !ready.stream.readableEnded) return { side: ready, proxy: null };
    return reachAgain(river, visit, { tap: current, target });
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
    altered: (answer, target) => httpAnswer(river, current, { answer, target }),
    uses: (server) => log.server(server),
  });
  if (end.type === 'closed') return;
  const head = parseHead(end.raw, 'request');
  const target = targetOf(visit, head);
  nextTap();
  current.emit({ type: 'target', target, kind: isHandshake(head) ? 'websocket' : 'http' });
  current.emit({ type: 'head', site: 'clientSent', raw: head.raw, reserialised: true });
  if (refusedAsAmbiguous(head, { client, tap: current, lenient })) return;
  const reached = await reachAgain(river, visit, { tap: current, target, client });
  if ('refusal' in reached) return refuse(client, current, reached.refusal);
  const server = reached.side;
  log.server(server);
  if ((await handshake(river, { tap: current, client, server, target, head, due: head.raw })) === 'over') return;
  await furtherRequests(station, { ...visit, tap: current, server });
};
