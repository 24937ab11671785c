import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Head, statusLine } from '../model/head.js';
import { sentenceOf } from '../model/problem.js';
import { authorityOf, type Target, urlOf } from '../model/target.js';
import type { UpstreamProxy } from '../model/upstream.js';
import { headLimit, parseHead } from '../wire/http-head.js';
import { basicCredentials } from '../wire/proxy-url.js';
import type { Asked } from './access/access.js';
import { loadHttpProxy } from './load-http-proxy.js';
import { meter } from './meter.js';
import { answerFields, type Fields, headText, pairsOf, requestText, sendFields } from './plain-heads.js';
import { type Upstream, upstreamOver } from './plain-upstream.js';
import type { Reached } from './reach.js';
import { answerBytes, type Refusal } from './refuse.js';
import { ambiguityOf } from './request-head.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';
import { addressOf } from './upstream/way-out.js';

/** Where one plain request goes, and what is said to the server in place of the target and the Host that came. */
export interface PlainWay {
  readonly target: Target;
  readonly path: string;
  readonly host?: string;
  /** By the user and not by the client. */
  readonly chosen?: boolean;
  /** The client meant its Proxy-Authorization for the proxy that it asked: an upstream proxy gets it where the user gave no credentials. */
  readonly forProxy?: true;
}

/** What serving one client connection's plain requests needs. */
export interface PlainVisit {
  readonly client: Side;
  /** Forward heads with two meanings, as far as Node's parser reads them. */
  readonly lenient: boolean;
  /** A record for the next request of this connection. */
  nextTap(): Tap;
  /** Ends that record. */
  done(): void;
  wayOf(request: Asked): PlainWay | { readonly refusal: Refusal };
  /** A connection to that target, TLS done where it is due. */
  connect(target: Target, chosen: boolean): Promise<Reached>;
  /** What faults make of the head of the answer at hand; undefined: nothing. */
  altered(answer: Head, target: Target): Head | undefined;
  /** The server leg of the request at hand. */
  uses(server: Side): void;
}

/** What the connection became: closed, or a later request wants to upgrade (re-serialised by Node's parser: spacing is lost). */
export type PlainEnd = { readonly type: 'closed' } | { readonly type: 'upgrade'; readonly raw: string };

interface Place {
  readonly visit: PlainVisit;
  readonly upstreams: Map<string, Upstream>;
  readonly count: () => void;
  settle(end: PlainEnd): void;
  /** Requests of one connection are served one after the other, also where a client pipelines them. */
  turn: Promise<void>;
  /** The one at hand. */
  current: { readonly tap: Tap; readonly response: ServerResponse } | null;
}

const places = new WeakMap<Socket, Place>();
const contexts = new WeakMap<IncomingMessage, Fields & { readonly tap: Tap; altered(answer: Head): Head | undefined }>();

/** The path, or the absolute form and the credentials that an upstream proxy gets (RFC 9112 section 3.2.2). */
const lineFor = ({ target, path, forProxy }: PlainWay, proxy: UpstreamProxy | null): Pick<Fields, 'path' | 'credentials'> => {
  if (!proxy) return { path, credentials: null };
  const credentials = proxy.credentials ? basicCredentials(proxy.credentials) : forProxy ? 'own' : null;
  return { path: urlOf({ ...target, path }), credentials };
};

/** An answer of ours in the place of the server's; nothing but an end when the answer had begun. */
const answerInstead = (tap: Tap, response: ServerResponse, refusal: Refusal): void => {
  if (response.headersSent || response.destroyed) return void response.destroy();
  tap.emit({ type: 'refused', status: refusal.status, why: refusal.why, text: refusal.text });
  response.writeHead(refusal.status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Shakedown': refusal.why,
    ...Object.fromEntries(refusal.fields ?? []),
    ...(refusal.keep ? {} : { Connection: 'close' }),
  });
  response.end(`${refusal.text}\n`);
};

const failed = (error: unknown): Refusal => ({
  status: 502,
  why: 'upstream-failed',
  text: `shakedown: the server did not answer this request: ${sentenceOf(error).replace(/\.$/, '')}.`,
});

/** http-proxy stands here alone, and only for requests that are no handshakes; `web()` with the hooks that make it sound. */
const createProxy = async () => {
  const proxy = (await loadHttpProxy()).createProxyServer({});
  proxy.on('proxyReq', (outgoing, request, response) => {
    const context = contexts.get(request);
    if (!context) return;
    const raw = sendFields(outgoing, request, context);
    context.tap.emit({ type: 'head', site: 'serverGot', raw, reserialised: true });
    // Issue 1586 of http-proxy: a client that leaves in mid-download would leave the upstream request running.
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    outgoing.on('upgrade', (answer, socket) => {
      socket.destroy();
      answerInstead(context.tap, response, failed(`it switched protocols (${answer.statusCode}) without being asked`));
    });
  });
  proxy.on('proxyRes', (answer, request, response) => {
    const context = contexts.get(request);
    if (!context) return;
    const { tap } = context;
    const raw = headText(`HTTP/${answer.httpVersion} ${answer.statusCode} ${answer.statusMessage}`, pairsOf(answer.rawHeaders));
    tap.emit({ type: 'head', site: 'serverSent', raw, reserialised: true });
    answer.on('aborted', () => response.destroy());
    if (response.headersSent || response.destroyed) return;
    const altered = context.altered(parseHead(raw, 'response'));
    const own = { status: answer.statusCode ?? 502, reason: answer.statusMessage ?? '', fields: pairsOf(answer.rawHeaders) };
    const given = answerFields(response, altered ? { ...statusLine(altered), fields: altered.headers } : own, request);
    tap.emit({ type: 'head', site: 'clientGot', ...(given === raw ? { sameAs: 'serverSent' } : { raw: given }), reserialised: true });
  });
  // Each request has its own handler; without this one http-proxy throws.
  proxy.on('error', () => {});
  return proxy;
};

const createPlainServer = async (): Promise<Server> => {
  const proxy = await createProxy();
  const serve = async (place: Place, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.socket.destroyed) return;
    const { visit, upstreams } = place;
    const tap = visit.nextTap();
    place.current = { tap, response };
    const over = new Promise<void>((resolve) => response.once('close', resolve));
    const raw = requestText(request);
    const way = visit.wayOf({
      method: request.method ?? '',
      target: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    tap.emit({ type: 'head', site: 'clientSent', raw, reserialised: true });
    const refusal = (visit.lenient ? undefined : ambiguityOf(parseHead(raw, 'request'))) ?? ('refusal' in way ? way.refusal : undefined);
    let countServer = (): void => {};
    const forward = async (to: PlainWay): Promise<void> => {
      const { target, host, chosen = false } = to;
      // What is open to a client where the user chose it may be closed to it where the client did.
      const key = `${chosen} ${target.scheme}://${authorityOf(target)}`;
      const upstream = upstreams.get(key) ?? upstreamOver(() => visit.connect(target, chosen));
      upstreams.set(key, upstream);
      const ready = await upstream.prepare();
      if ('refusal' in ready) return answerInstead(tap, response, ready.refusal);
      visit.uses(ready.side);
      countServer = meter(ready.side);
      contexts.set(request, { tap, host, altered: (answer) => visit.altered(answer, target), ...lineFor(to, ready.proxy) });
      if (ready.used && ready.proxy) tap.emit({ type: 'upstream', proxy: addressOf(ready.proxy), request: '' });
      delete request.headers.expect;
      // http-proxy reads it with url.parse, which throws on some; the hook sets the path.
      request.url = '/';
      const options = { target: `http://${authorityOf(target)}`, agent: upstream.agent, ignorePath: true };
      proxy.web(request, response, options, (error) => answerInstead(tap, response, failed(error)));
    };
    if (refusal) answerInstead(tap, response, refusal);
    else if (!('refusal' in way)) await forward(way).catch((error: unknown) => answerInstead(tap, response, failed(error)));
    await over;
    place.count();
    countServer();
    place.current = null;
    visit.done();
  };

  const server = createServer({ maxHeaderSize: headLimit, requireHostHeader: false, keepAliveTimeout: 0 });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  // A client may say FIN behind its request and wait for the answer; Node has no documented name for that.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('request', (request, response) => {
    const place = places.get(request.socket);
    if (!place) return void response.destroy();
    place.turn = place.turn.then(() => serve(place, request, response));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const place = places.get(socket);
    if (!place) return void socket.destroy();
    socket.pause();
    if (head.length > 0) socket.unshift(head);
    place.turn = place.turn.then(() => place.settle({ type: 'upgrade', raw: requestText(request) }));
  });
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket) => {
    const place = places.get(socket as Socket);
    if (!place || !socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    refuseUnread(place, error, socket as Socket);
  });
  return server;
};

/** What Node's parser could not read: on record, and answered unless an answer has begun. */
const refuseUnread = (place: Place, error: Error & { code?: string; rawPacket?: Buffer }, socket: Socket): void => {
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const tap = place.current?.tap ?? place.visit.nextTap();
  const raw = (error.rawPacket ?? Buffer.alloc(0)).toString('latin1').slice(0, headLimit);
  tap.emit({ type: 'not-a-head', site: 'clientSent', raw, why: tooLarge ? 'too-large' : 'unknown-bytes' });
  if (place.current?.response.headersSent) return void socket.destroy();
  const refusal: Refusal = {
    status: tooLarge ? 431 : 400,
    why: tooLarge ? 'too-large' : 'bad-request',
    text: `shakedown: this HTTP request cannot be read: ${error.message}.`,
  };
  tap.emit({ type: 'refused', status: refusal.status, why: refusal.why, text: refusal.text });
  socket.end(answerBytes(refusal), () => socket.destroy());
};

let shared: Promise<Server> | null = null;

/** Serves plain HTTP requests on a client's connection until it closes or upgrades. The first request's head must still be unread. */
export const servePlain = async (visit: PlainVisit): Promise<PlainEnd> => {
  shared ??= createPlainServer();
  const server = await shared;
  return new Promise((resolve) => {
    const { stream } = visit.client;
    const upstreams = new Map<string, Upstream>();
    const count = meter(visit.client);
    const settle = (end: PlainEnd): void => {
      if (!places.delete(stream)) return;
      count();
      for (const upstream of upstreams.values()) upstream.close();
      resolve(end);
    };
    const place: Place = { visit, settle, upstreams, count, turn: Promise.resolve(), current: null };
    places.set(stream, place);
    // Its last answer's record ends before the connection's.
    const onClose = (): void => void place.turn.then(() => settle({ type: 'closed' }));
    stream.once('close', onClose);
    if (stream.destroyed) return onClose();
    server.emit('connection', stream);
    stream.resume();
  });
};
