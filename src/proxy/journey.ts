import type { Socket } from 'node:net';
import { certificateName } from '../authority/host-name.js';
import type { Ground } from '../faults/apply.js';
import { isoTime } from '../model/clock.js';
import type { EventBody } from '../model/event.js';
import { type Head, requestLine } from '../model/head.js';
import { sentenceOf } from '../model/problem.js';
import type { Target } from '../model/target.js';
import { clientHelloLimit, findClientHelloEnd, readClientHello } from '../wire/client-hello.js';
import { readRequestTarget } from '../wire/request-target.js';
import type { Speech } from '../wire/sniff.js';
import { isHandshake } from '../wire/upgrade.js';
import { plainAddress } from './access/addresses.js';
import { askedBy, barred, readAdmitted, turnAway } from './access/admit.js';
import { leafBy, secureClient } from './client-tls.js';
import { connectRequests } from './connect-requests.js';
import { finish, held } from './deliver.js';
import { enterBySocks } from './entrances/socks.js';
import { createExchangeLog } from './exchange-log.js';
import { faultStage } from './fault-stage.js';
import { listen } from './first-words.js';
import { bridgeClient } from './http2/bridge-client.js';
import { insideTunnel, lasting, type Station } from './inside-tunnel.js';
import { noteFirstWords } from './last-words.js';
import { limits } from './limits.js';
import { answerBytes } from './refuse.js';
import { readRequestHead } from './request-head.js';
import type { River } from './river.js';
import { allowedAlpn } from './river-tls.js';
import { createSide, leave, type Side } from './side.js';
import { straightRequests, wayOf } from './straight-requests.js';
import { take } from './take.js';
import type { Tap } from './tap.js';

/**
 * One client connection's whole way, from its first byte to its last:
 * 1. sniff what it speaks; TLS to our own port is opened and sniffed again;
 * 2. CONNECT or SOCKS lead to a place and into a tunnel; absolute form, and origin form in reverse mode, name a target in each request;
 * 3. everything else is recorded, told why, and closed.
 */
export const journey = async (raw: Socket, river: River, connection: number): Promise<void> => {
  const log = createExchangeLog(river, connection);
  const station = { river, log };
  let client = createSide('client', raw);
  try {
    let speech = await listen(client);
    if (speech === null) return;
    const tap = log.open(client, null);
    const change = faultStage(river, tap, { stage: 'accept', input: null, target: nowhere, grounds: speechGrounds[speech] ?? [] });
    // Unread bytes stay where they are, and their sender sees a proxy that is busy.
    await held(change?.holdMs ?? 0, [client]);
    if (change?.end) {
      await noteFirstWords(tap, client, (head) => wayFacts(river, head));
      return await finish(tap, { ...change, end: change.end }, { to: client });
    }
    if (speech === 'tls') {
      const secured = await secureDoor(river, tap, client);
      if (!secured) return;
      client = secured.client;
      if (secured.http2) return await reverseStreams(station, { tap, client, facts: secured.facts });
      speech = await listen(client);
      // On record as a request that never came.
      if (speech === null) return void (await readRequestHead(client, tap));
    }
    if (speech === 'http') {
      const asked = await readAdmitted(station, { tap, client });
      if (!asked) return;
      if (requestLine(asked.head).method !== 'CONNECT') return await straightRequests(station, { ...asked, client });
      await connectRequests(station, { ...asked, client });
    } else if (speech === 'socks5' || speech === 'socks4') {
      const entrance = speech === 'socks5' ? 'socks5' : 'socks4a';
      const place = await enterBySocks(river, tap, { client, version: entrance, change });
      if (place) await insideTunnel(station, { tap, client, place, entrance });
    } else if (speech !== null) {
      await refuseUnknown(client, tap);
    }
  } catch (error) {
    // A bug of ours costs this one connection its journey, never the process.
    river.sink.event({
      at: isoTime(river.clock.now()),
      exchange: '',
      type: 'notice',
      level: 'error',
      text: `connection ${connection}: ${sentenceOf(error)}`,
    });
  } finally {
    log.leave();
    await leave(client);
    log.close();
  }
};

/** What faults may ask of a client by its first bytes. */
const speechGrounds: Partial<Readonly<Record<Speech, readonly Ground[]>>> = {
  http: ['http/1.1'],
  tls: ['tls'],
  socks5: ['socks'],
  socks4: ['socks'],
};

/** Where a request would have gone that a fault left without an answer. */
const wayFacts = (river: River, head: Head): readonly EventBody[] => {
  const { method, target } = requestLine(head);
  const handshake = isHandshake(head);
  const place = method === 'CONNECT' ? readRequestTarget(method, target) : null;
  if (place) {
    if (place.form !== 'authority') return [];
    return [{ type: 'target', target: { scheme: 'tcp', host: place.host, port: place.port, path: '' }, kind: 'unknown' }];
  }
  const way = wayOf(river.options, { method, target, handshake });
  if (way.type !== 'go') return [];
  return [
    { type: 'entrance', entrance: way.entrance, request: '' },
    { type: 'target', target: way.target, kind: handshake ? 'websocket' : 'http' },
  ];
};

/** Before the client has said where it wants to go. */
const nowhere: Target = { scheme: 'tcp', host: '', port: 0, path: '' };

/** TLS spoken to our own port: an HTTPS proxy, or reverse mode for wss. */
const secureDoor = async (
  river: River,
  tap: Tap,
  client: Side,
): Promise<{ readonly client: Side; readonly http2: boolean; readonly facts: readonly EventBody[] } | null> => {
  const taken = await take(client, {
    find: findClientHelloEnd,
    limit: clientHelloLimit,
    firstMs: limits.headMs,
    restMs: limits.headMs,
    peek: true,
  });
  if (taken.type !== 'found') {
    await refuseUnknown(client, tap);
    return null;
  }
  const hello = readClientHello(taken.bytes);
  const facts: EventBody[] = [];
  const noting: Tap = {
    ...tap,
    emit: (body) => {
      if (lasting.has(body.type)) facts.push(body);
      tap.emit(body);
    },
  };
  noting.emit({ type: 'client-hello', hello });
  // A client that takes this port for a proxy is left with HTTP/1.1: its tunnels would be streams.
  const reverse = river.options.http2 === 'force' && river.options.reverse.length > 0;
  const http2 = reverse && allowedAlpn(river.options.tls.client, hello.alpn).includes('h2');
  // SNI is the client's word and may be anything; without a name in it the client asked for the address that it came to.
  const named = hello.sni !== null && certificateName(hello.sni) !== null ? hello.sni : null;
  const certified = named ?? plainAddress(client.raw.localAddress ?? '127.0.0.1');
  const alpn = http2 ? 'h2' : hello.alpn.includes('http/1.1') ? 'http/1.1' : null;
  const target: Target = { ...nowhere, scheme: 'wss', host: named ?? '' };
  const change = faultStage(river, tap, { stage: 'client-tls', input: hello, target });
  const leaf = (await leafBy(river, certified, change)) ?? (await river.authority.leaf({ host: certified, recipe: 'good' }));
  const secured = await secureClient({ river, tap: noting }, client, { leaf, hello, alpn, change });
  // A fault may have chosen another protocol than is due.
  const spoken = change?.alpn === undefined || change.speaks !== undefined ? http2 : change.alpn === 'h2';
  return secured && { client: secured, http2: spoken, facts };
};

/** HTTP/2 spoken to our own port in reverse mode: each stream goes to the target over a connection of its own. */
const reverseStreams = (
  station: Station,
  visit: { readonly tap: Tap; readonly client: Side; readonly facts: readonly EventBody[] },
): Promise<void> =>
  bridgeClient(station, {
    ...visit,
    entrance: null,
    serve: async (own, asked) => {
      const refusal = barred(station.river, asked.client, askedBy(asked.head));
      if (refusal) turnAway(asked, refusal);
      else await straightRequests(own, asked);
    },
  });

/** Bytes of no protocol that we serve: on record, answered in a way that a person with `nc` can read, and closed. */
const refuseUnknown = async (client: Side, tap: Tap): Promise<void> => {
  const taken = await take(client, { find: (bytes) => bytes.length, limit: 1024, firstMs: 1000, restMs: 1000 });
  client.count.in += taken.bytes.length;
  tap.emit({ type: 'not-a-head', site: 'clientSent', raw: taken.bytes.toString('latin1'), why: 'unknown-bytes' });
  const text =
    'shakedown: these bytes are no HTTP request, no TLS and no SOCKS. This port is a proxy: point an app at it as an HTTP or SOCKS proxy.';
  const bytes = answerBytes({ status: 400, why: 'bad-request', text });
  client.stream.end(bytes);
  client.stream.resume();
  client.count.out += bytes.length;
  tap.emit({ type: 'refused', status: 400, why: 'bad-request', text });
  tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: '' });
};
