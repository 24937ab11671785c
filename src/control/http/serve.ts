import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf, Problem, sentenceOf } from '../../model/problem.js';
import { safeJson } from '../../recording/codec.js';
import { createGuard } from './guard.js';
import { MethodProblem, problemBody, problemOf } from './problem-answer.js';
import { findRoute, readBody, readParams } from './read-request.js';
import type { Answer, Desk } from './route.js';
import { routes } from './routes.js';

export interface ControlServer {
  readonly port: number;
  /** `http://127.0.0.1:8102`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Loopback, whatever the proxy itself listens on. */
const host = '127.0.0.1';

/** Bounds of the control API, milliseconds, bytes and counts. */
const limits = { headMs: 10_000, requestMs: 30_000, idleMs: 5_000, headBytes: 16 * 1024, connections: 64 } as const;

/**
 * Serves the control API. `desk` may still be on its way: requests wait for it. Rejects with a Problem (SHK_LISTEN) when the port cannot be
 * had; never takes another one instead.
 */
export const serveControlApi = async (
  port: number,
  { token, desk }: { readonly token: string; readonly desk: Promise<Desk> },
): Promise<ControlServer> => {
  const server = createServer({
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: limits.headBytes,
    // The guard says it, in words.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connections;
  await listening(server, port);
  const own = (server.address() as AddressInfo).port;
  const deny = createGuard({ token, port: () => own });

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const denial = deny(request);
    if (denial) {
      const { status, ...said } = denial;
      refuse(response, problemBody(status, { code: 'SHK_DENIED', ...said }), status === 401 ? [['WWW-Authenticate', 'Bearer']] : []);
      return;
    }
    answerTo(request, response, desk).then(
      (answer) => send(response, answer),
      (thrown: unknown) => {
        refuse(response, problemOf(thrown), thrown instanceof MethodProblem ? [['Allow', thrown.methods]] : []);
      },
    );
  };
  server.on('request', onRequest).on('checkContinue', onRequest);
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  server.on('error', () => {});
  return {
    port: own,
    url: `http://${host}:${own}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};

const answerTo = async (request: IncomingMessage, response: ServerResponse, desk: Promise<Desk>): Promise<Answer> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { route, inPath } = findRoute(routes, { method: request.method ?? '', path: pathname });
  const params = readParams(route.params ?? {}, { inPath, query: searchParams, headers: request.headers });
  const body = await readBody(request, response, route.body);
  return route.handle({ params, body }, await desk);
};

const common = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const send = (response: ServerResponse, answer: Answer): void => {
  for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
  if (answer.type === 'stream') {
    answer.begin(response);
    return;
  }
  if (answer.type === 'nothing') {
    response.writeHead(204).end();
    return;
  }
  if (answer.type === 'json' && answer.location !== undefined) response.setHeader('Location', answer.location);
  const contentType = answer.type === 'json' ? 'application/json' : answer.contentType;
  const text = answer.type === 'json' ? safeJson(answer.json) : answer.text;
  response.writeHead(answer.status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) }).end(text);
};

/** What the request still has to say is not waited for. */
const refuse = (
  response: ServerResponse,
  problem: ReturnType<typeof problemBody>,
  fields: readonly (readonly [string, string])[],
): void => {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const text = safeJson(problem);
  response
    .writeHead(problem.status, {
      ...common,
      ...Object.fromEntries(fields),
      'Content-Type': 'application/problem+json',
      'Content-Length': Buffer.byteLength(text),
      Connection: 'close',
    })
    .end(text);
};

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = codeOf(error) === 'EADDRINUSE';
      reject(
        new Problem(
          'SHK_LISTEN',
          taken
            ? `The port ${port} on ${host}, for the control API, is in use.`
            : `The control API could not listen on ${host}:${port}: ${sentenceOf(error)}.`,
          'Stop what listens there, start with --control 0 for a free one, or with --no-control.',
          { cause: error },
        ),
      );
    });
    server.listen({ host, port }, () => resolve());
  });
