import { field, type Head, requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import { removeField, setField, setStartLine } from '../wire/head-edit.js';
import { parseHead } from '../wire/http-head.js';
import { readRequestTarget } from '../wire/request-target.js';
import { isHandshake } from '../wire/upgrade.js';
import { askedBy, barred, readAdmitted, turnAway } from './access/admit.js';
import { owedBy } from './access/guests.js';
import { httpAnswer } from './fault-stage.js';
import { firstWords } from './first-words.js';
import { handshake } from './handshake.js';
import type { Station } from './inside-tunnel.js';
import { showLandingPage } from './landing-page.js';
import { servePlain } from './plain-http.js';
import { reach } from './reach.js';
import { type Refusal, refuse } from './refuse.js';
import { relayBoth } from './relay.js';
import { goesRaw, refusedAsAmbiguous } from './request-head.js';
import { hostOf, pathOn, routeOf, routeText } from './reverse-routes.js';
import type { River, RiverOptions } from './river.js';
import { dismiss, type Side } from './side.js';
import type { Tap } from './tap.js';

export interface StraightVisit {
  readonly tap: Tap;
  readonly client: Side;
  readonly head: Head;
  /** Node's parser had read this head: spacing is lost. */
  readonly reserialised?: true;
}

/** Where one request goes, and by which entrance. */
type Way =
  | {
      readonly type: 'go';
      readonly entrance: 'absolute' | 'reverse';
      readonly target: Target;
      readonly path: string;
      readonly host: string | null;
    }
  | { readonly type: 'landing' }
  | { readonly type: 'no-route' }
  | { readonly type: 'bad'; readonly why: string };

/** The way of a request that names its own target: absolute form (RFC 9112 section 3.2.2), or origin form in reverse mode. */
export const wayOf = (
  options: RiverOptions,
  request: { readonly method: string; readonly target: string; readonly handshake: boolean },
): Way => {
  const read = readRequestTarget(request.method, request.target);
  if (read.form === 'bad') return { type: 'bad', why: read.why };
  if (read.form === 'authority') return { type: 'bad', why: 'CONNECT cannot follow another request on the same connection' };
  if (read.form === 'absolute') {
    const secure = read.scheme === 'https' || read.scheme === 'wss';
    return {
      type: 'go',
      entrance: 'absolute',
      target: { scheme: schemeOf(secure, request.handshake), host: read.host, port: read.port, path: read.path },
      path: read.path,
      host: null,
    };
  }
  const { reverse, keepHost } = options;
  if (reverse.length === 0) return { type: 'landing' };
  const route = routeOf(reverse, read.path);
  if (!route) return { type: 'no-route' };
  const path = pathOn(route, read.path);
  const secure = route.target.scheme === 'https' || route.target.scheme === 'wss';
  return {
    type: 'go',
    entrance: 'reverse',
    target: { ...route.target, scheme: schemeOf(secure, request.handshake), path },
    path,
    host: keepHost ? null : hostOf(route.target),
  };
};

const schemeOf = (secure: boolean, isUpgrade: boolean): Target['scheme'] =>
  isUpgrade ? (secure ? 'wss' : 'ws') : secure ? 'https' : 'http';

/** The hop rules: what an entrance changes in a head that is otherwise forwarded byte for byte. Listed in docs/guides/byte-true.md. */
const dueHead = (head: Head, way: Extract<Way, { type: 'go' }>): string => {
  const { method, target, version } = requestLine(head);
  const raw = way.path === target ? head.raw : setStartLine(head.raw, `${method} ${way.path} ${version}`);
  if (way.entrance === 'reverse') return way.host === null || field(head, 'host') === undefined ? raw : setField(raw, 'Host', way.host);
  return removeField(removeField(raw, 'Proxy-Connection'), 'Proxy-Authorization');
};

/** One request after the other, each to the target that it names. */
export const straightRequests = async (station: Station, visit: StraightVisit): Promise<void> => {
  const { river, log } = station;
  const { client } = visit;
  let { tap, head, reserialised } = visit;
  for (;;) {
    const { method, target } = requestLine(head);
    const way = wayOf(river.options, { method, target, handshake: isHandshake(head) });
    if (way.type === 'go' && !goesRaw(head)) {
      client.stream.unshift(Buffer.from(head.raw, 'latin1'));
      return plainRequests(station, { tap, client, head });
    }
    client.count.in += head.raw.length;
    if (way.type !== 'go') return answerHere(river, { tap, client, head }, way);
    const server = await oneExchange(station, { tap, client, head, ...(reserialised ? { reserialised } : {}) }, way);
    if (!server) return;
    const speech = await firstWords(tap, client, server);
    if (speech !== 'http') {
      if (speech !== null || client.stream.readableEnded || client.stream.destroyed) await relayBoth(client, server, tap);
      return;
    }
    // The next request names its own target, so it gets its own connection.
    dismiss(server);
    tap = log.open(client, null);
    const next = await readAdmitted(station, { tap, client });
    if (!next) return;
    ({ tap, head } = next);
    reserialised = undefined;
  }
};

/** One handshake; returns the server leg of one that was refused in full, when the connection may carry another request. */
const oneExchange = async (
  { river, log }: Station,
  { tap, client, head, reserialised }: StraightVisit,
  way: Extract<Way, { type: 'go' }>,
): Promise<Side | null> => {
  const { target } = way;
  tap.emit({ type: 'entrance', entrance: way.entrance, request: '' });
  tap.emit({ type: 'target', target, kind: isHandshake(head) ? 'websocket' : 'http' });
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw, ...(reserialised ? { reserialised } : {}) });
  if (refusedAsAmbiguous(head, { client, tap, lenient: river.options.lenient })) return null;
  const reached = await reach(river, tap, { target, client, chosen: way.entrance === 'reverse' });
  if ('refusal' in reached) {
    refuse(client, tap, reached.refusal);
    return null;
  }
  const server = reached.side;
  log.server(server);
  const end = await handshake(river, { tap, client, server, target, head, due: dueHead(head, way) });
  return end === 'next' ? server : null;
};

/** Nothing to forward: the landing page, or why this request cannot be served. */
const answerHere = (river: River, { tap, client, head }: StraightVisit, way: Exclude<Way, { type: 'go' }>): void => {
  tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
  if (way.type === 'bad') refuse(client, tap, badTarget(way.why));
  else if (way.type === 'no-route') refuse(client, tap, noRoute(river.options, requestLine(head).target));
  else showLandingPage(river, tap, { client, head, handshake: isHandshake(head) });
};

const noRoute = ({ reverse }: RiverOptions, path: string): Refusal => ({
  status: 404,
  why: 'no-route',
  text: `shakedown: no --reverse takes the path ${JSON.stringify(path.slice(0, 200))}. There is ${reverse.map(routeText).join('; ')}. A --reverse URL without a prefix takes the rest.`,
});

const badTarget = (why: string): Refusal => ({ status: 400, why: 'bad-target', text: `shakedown: ${why}.` });

const plainRequests = async (station: Station, visit: StraightVisit): Promise<void> => {
  const { river, log } = station;
  const { client } = visit;
  let first: Tap | null = visit.tap;
  let current = visit.tap;
  const nextTap = (): Tap => {
    current = first ?? log.open(client, null);
    first = null;
    return current;
  };
  const end = await servePlain({
    client,
    lenient: river.options.lenient,
    nextTap,
    done: () => log.close(),
    wayOf: (asked) => {
      const refusal = barred(river, client, asked);
      if (refusal) return { refusal };
      const { method, target } = asked;
      const way = wayOf(river.options, { method, target, handshake: false });
      if (way.type === 'no-route') return { refusal: noRoute(river.options, target) };
      if (way.type === 'landing') return { refusal: badTarget('after a request to another server this connection takes URLs only') };
      if (way.type === 'bad') return { refusal: badTarget(way.why) };
      current.emit({ type: 'entrance', entrance: way.entrance, request: '' });
      current.emit({ type: 'target', target: way.target, kind: 'http' });
      const host = way.host === null ? {} : { host: way.host };
      // Credentials for our own port are no other proxy's business.
      const forProxy = way.entrance === 'absolute' && owedBy(river, client.raw) === null ? { forProxy: true as const } : {};
      return { target: way.target, path: way.path, chosen: way.entrance === 'reverse', ...host, ...forProxy };
    },
    connect: (target, chosen) => reach(river, current, { target, absolute: true, chosen }),
    altered: (answer, target) => httpAnswer(river, current, { answer, target }),
    uses: (server) => log.server(server),
  });
  if (end.type === 'closed') return;
  const head = parseHead(end.raw, 'request');
  const tap = nextTap();
  const refusal = barred(river, client, askedBy(head));
  if (refusal) return turnAway({ tap, client, head }, refusal);
  await straightRequests(station, { tap, client, head, reserialised: true });
};
