import type { Entrance, EventBody } from '../model/event.js';
import type { Head } from '../model/head.js';
import { requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { parseHead } from '../wire/http-head.js';
import { isHandshake } from '../wire/upgrade.js';
import type { Place } from './entrances/connect.js';
import type { ExchangeLog } from './exchange-log.js';
import { firstWords, listen } from './first-words.js';
import { handshake } from './handshake.js';
import { servePlain } from './plain-http.js';
import { reach } from './reach.js';
import { refuse } from './refuse.js';
import { readRequestHead, refusedAsAmbiguous } from './request-head.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';
import { opaque, secureBoth } from './tunnel.js';

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
  const { place, tap } = visit;
  log.server(place.server);
  const speech = await firstWords(visit.client, place.server);
  if (speech === null) {
    tap.emit({ type: 'not-a-head', site: 'clientSent', raw: '', why: 'truncated' });
    place.server.stream.end();
    return;
  }
  if (speech === 'http') return requests(station, { ...visit, scheme: 'ws', server: place.server, facts: [] });
  if (speech !== 'tls') {
    await opaque(tap, {
      client: visit.client,
      server: place.server,
      target: { scheme: 'tcp', host: place.host, port: place.port, path: '' },
    });
    return;
  }
  const facts: EventBody[] = [];
  const noting: Tap = {
    ...tap,
    emit: (body) => {
      if (body.type === 'client-hello' || body.type === 'tls' || body.type === 'mirrored') facts.push(body);
      tap.emit(body);
    },
  };
  const secured = await secureBoth(river, noting, { client: visit.client, place });
  if (!secured) return;
  if (secured.refusal === null)
    return requests(station, { ...visit, scheme: 'wss', client: secured.client, server: secured.server, facts });
  const head = await readRequestHead(secured.client, tap);
  secured.server.stream.end();
  if (!head) return;
  secured.client.count.in += head.raw.length;
  tap.emit({ type: 'target', target: targetOf({ place, scheme: 'wss' }, head), kind: isHandshake(head) ? 'websocket' : 'http' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  refuse(secured.client, tap, { status: 502, why: 'server-tls', text: secured.refusal });
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
  const { client, server, entrance } = visit;
  let { tap } = visit;
  for (;;) {
    const head = await readRequestHead(client, tap);
    if (!head) {
      server.stream.end();
      return;
    }
    if (!isHandshake(head)) {
      client.stream.unshift(Buffer.from(head.raw, 'latin1'));
      return plainRequests({ river, log }, { ...visit, tap });
    }
    const target = targetOf(visit, head);
    client.count.in += head.raw.length;
    tap.emit({ type: 'target', target, kind: 'websocket' });
    tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
    if (refusedAsAmbiguous(head, { client, tap, lenient: river.options.lenient })) {
      server.stream.end();
      return;
    }
    if ((await handshake(river, { tap, client, server, target, head, due: head.raw })) === 'over') return;
    log.close();
    if ((await listen(client)) === null) {
      server.stream.end();
      return;
    }
    tap = log.open(client, entrance, visit.facts);
    log.server(server);
  }
};

/** Plain requests in the tunnel; a later one that upgrades gets a connection of its own to the server. */
const plainRequests = async ({ river, log }: Station, visit: RequestsVisit): Promise<void> => {
  const { client, place, entrance, facts, scheme } = visit;
  let tap: Tap | null = visit.tap;
  let current = visit.tap;
  let spare: Side | null = visit.server;
  const hello = facts.find((fact) => fact.type === 'client-hello')?.hello;
  const connect = async (target: Target): Promise<Side> => {
    const ready = spare;
    spare = null;
    if (ready && !ready.stream.destroyed) return ready;
    const reached = await reach(river, current, { target, ...(hello ? { hello } : {}) });
    if ('refusal' in reached) throw new Error(reached.refusal.text.replace(/^shakedown: /, ''));
    return reached.side;
  };
  const end = await servePlain({
    client,
    nextTap: () => {
      current = tap ?? log.open(client, entrance, facts);
      tap = null;
      return current;
    },
    done: () => log.close(),
    targetOf: ({ target }) => {
      const plain: Target = { scheme: scheme === 'wss' ? 'https' : 'http', host: place.host, port: place.port, path: target };
      current.emit({ type: 'target', target: plain, kind: 'http' });
      return { target: plain, path: target };
    },
    connect: async (target) => (await connect(target)).stream,
  });
  spare?.stream.end();
  if (end.type === 'closed') return;
  const head = parseHead(end.raw, 'request');
  const target = targetOf(visit, head);
  current = tap ?? log.open(client, entrance, facts);
  current.emit({ type: 'target', target, kind: 'websocket' });
  current.emit({ type: 'head', site: 'clientSent', raw: head.raw, reserialised: true });
  client.count.in += head.raw.length;
  const reached = await reach(river, current, { target, ...(hello ? { hello } : {}) });
  if ('refusal' in reached) return refuse(client, current, reached.refusal);
  log.server(reached.side);
  await handshake(river, { tap: current, client, server: reached.side, target, head, due: head.raw });
};
