import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HeaderField } from '../model/head.js';
import { sentenceOf } from '../model/problem.js';
import { authorityOf, type Target } from '../model/target.js';
import { headLimit } from '../wire/http-head.js';
import { loadHttpProxy } from './load-http-proxy.js';
import { answerBytes } from './refuse.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';

/** What serving one client connection's plain requests needs. */
export interface PlainVisit {
  readonly client: Side;
  /** A record for the next request of this connection. */
  nextTap(): Tap;
  /** Ends that record. */
  done(): void;
  /** Where this request goes; null was answered by the caller's own page or refused. `text` is the request target as it came. */
  targetOf(request: {
    readonly method: string;
    readonly target: string;
    readonly host: string | undefined;
  }): { readonly target: Target; readonly path: string; readonly host?: string } | null;
  /** A connection to that target, TLS done where it is due. */
  connect(target: Target): Promise<Socket>;
}

/** What the connection became: closed, or a later request wants to upgrade (re-serialised by Node's parser: spacing is lost). */
export type PlainEnd = { readonly type: 'closed' } | { readonly type: 'upgrade'; readonly raw: string };

const visits = new WeakMap<Socket, { visit: PlainVisit; settle(end: PlainEnd): void; upstreams: Map<string, Upstream> }>();
const errors = new WeakMap<ServerResponse, Error>();

/** Pairs of `rawHeaders`. */
const pairsOf = (raw: readonly string[]): HeaderField[] =>
  raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []));
const headText = (startLine: string, fields: readonly HeaderField[]): string =>
  `${[startLine, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
/** Hop rules: these are said to a proxy and not to the server. Expect was answered by our own parser (ecosystem.md section 4). */
const ours = new Set(['proxy-connection', 'proxy-authorization', 'expect']);

/** http-proxy stands here alone, and only for requests that are no handshakes; `web()` with the hooks that make it sound. */
const createPlainServer = async (): Promise<Server> => {
  const proxy = (await loadHttpProxy()).createProxyServer({});
  const contexts = new WeakMap<IncomingMessage, { tap: Tap; path: string; host: string | undefined }>();

  proxy.on('proxyReq', (outgoing, request, response) => {
    const context = contexts.get(request);
    if (!context) return;
    const { tap } = context;
    outgoing.path = context.path;
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    const fields = pairsOf(request.rawHeaders)
      .filter(([name]) => !ours.has(name.toLowerCase()))
      .map(
        ([name, value]): HeaderField =>
          context.host !== undefined && name.toLowerCase() === 'host' ? [name, context.host] : [name, value],
      );
    for (const [name] of fields)
      outgoing.setHeader(
        name,
        fields.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value),
      );
    tap.emit({ type: 'head', site: 'serverGot', raw: headText(`${request.method} ${context.path} HTTP/1.1`, fields), reserialised: true });
    // Issue 1586 of http-proxy: a client that leaves in mid-download would leave the upstream request running.
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    outgoing.on('upgrade', (answer, socket) => {
      socket.destroy();
      answerWithError(response, new Error(`the server switched protocols (${answer.statusCode}) without being asked`));
    });
  });
  proxy.on('proxyRes', (answer, request, response) => {
    const tap = contexts.get(request)?.tap;
    const fields = pairsOf(answer.rawHeaders);
    tap?.emit({
      type: 'head',
      site: 'serverSent',
      raw: headText(`HTTP/${answer.httpVersion} ${answer.statusCode} ${answer.statusMessage}`, fields),
      reserialised: true,
    });
    tap?.emit({ type: 'head', site: 'clientGot', sameAs: 'serverSent', reserialised: true });
    answer.on('aborted', () => response.destroy());
  });
  proxy.on('error', () => {});

  const server = createServer({ maxHeaderSize: headLimit, requireHostHeader: false, keepAliveTimeout: 0 });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.on('request', (request, response) => {
    const place = visits.get(request.socket);
    if (!place) return void response.destroy();
    const { visit, upstreams } = place;
    const tap = visit.nextTap();
    const { method = '', url = '' } = request;
    tap.emit({
      type: 'head',
      site: 'clientSent',
      raw: headText(`${method} ${url} HTTP/${request.httpVersion}`, pairsOf(request.rawHeaders)),
      reserialised: true,
    });
    visit.client.count.in += request.rawHeaders.join('').length;
    request.prependListener('data', (chunk: Buffer) => {
      visit.client.count.in += chunk.length;
    });
    response.on('close', () => visit.done());
    const way = visit.targetOf({ method, target: url, host: request.headers.host });
    if (!way) return void response.destroy();
    contexts.set(request, { tap, path: way.path, host: way.host });
    delete request.headers.expect;
    const key = authorityOf(way.target);
    const upstream = upstreams.get(key) ?? upstreamOver(() => visit.connect(way.target));
    upstreams.set(key, upstream);
    upstream.prepare().then(
      () =>
        proxy.web(request, response, { target: `http://${key}`, agent: upstream.agent, ignorePath: true }, (error) =>
          answerWithError(response, error),
        ),
      (error: Error) => answerWithError(response, error),
    );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const place = visits.get(socket);
    if (!place) return void socket.destroy();
    socket.pause();
    if (head.length > 0) socket.unshift(head);
    place.settle({
      type: 'upgrade',
      raw: headText(`${request.method} ${request.url} HTTP/${request.httpVersion}`, pairsOf(request.rawHeaders)),
    });
  });
  server.on('clientError', (error, socket) => {
    if (!socket.writable) return void socket.destroy();
    socket.end(answerBytes({ status: 400, why: 'bad-request', text: `shakedown: this HTTP request cannot be read: ${error.message}.` }));
  });
  return server;
};

/** An answer of ours in the place of the server's; once only, and nothing but an end when the answer had begun. */
const answerWithError = (response: ServerResponse, error: Error): void => {
  if (errors.has(response)) return;
  errors.set(response, error);
  if (response.headersSent) return void response.destroy();
  response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Shakedown': 'upstream-failed', Connection: 'close' });
  response.end(`shakedown: the server did not answer this request: ${sentenceOf(error).replace(/\.$/, '')}.\n`);
};

/** One connection at a time to one server, so that what belongs together on the client leg stays together on the server leg. */
interface Upstream {
  readonly agent: Agent;
  /** Makes sure that the agent has a socket: http-proxy's hook comes too late for a head when the connection is made only then. */
  prepare(): Promise<void>;
}

const upstreamOver = (connect: () => Promise<Socket>): Upstream => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let next: Socket | null = null;
  agent.createConnection = (() => {
    const socket = next;
    next = null;
    if (!socket) throw new Error('the connection to the server was closed');
    // We paused it to look at its first bytes; Node's client only adds a listener, which wakes no paused socket.
    socket.resume();
    return socket;
  }) as Agent['createConnection'];
  return {
    agent,
    prepare: async () => {
      const free = Object.values(agent.freeSockets).some((sockets) => sockets?.some((socket) => !socket.destroyed));
      if (!free) next ??= await connect();
    },
  };
};

let shared: Promise<Server> | null = null;

/** Serves plain HTTP requests on a client's connection until it closes or upgrades. The first request's head must still be unread. */
export const servePlain = async (visit: PlainVisit): Promise<PlainEnd> => {
  shared ??= createPlainServer();
  const server = await shared;
  return new Promise((resolve) => {
    const { stream } = visit.client;
    const upstreams = new Map<string, Upstream>();
    let settled = false;
    const settle = (end: PlainEnd): void => {
      if (settled) return;
      settled = true;
      visits.delete(stream);
      for (const { agent } of upstreams.values()) agent.destroy();
      resolve(end);
    };
    visits.set(stream, { visit, settle, upstreams });
    stream.once('close', () => settle({ type: 'closed' }));
    if (stream.destroyed) return settle({ type: 'closed' });
    server.emit('connection', stream);
    stream.resume();
  });
};
