import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import WebSocket, { WebSocketServer } from 'ws';

export interface Http2ServerOptions {
  readonly cert: string;
  readonly key: string;
  /** Whether its SETTINGS have ENABLE_CONNECT_PROTOCOL (RFC 8441). */
  readonly extended?: boolean;
  /** Whether it takes HTTP/1.1 beside h2, with WebSockets there too. */
  readonly http1?: boolean;
  /** Origins that are let in; any other one gets 403. Without it everyone is. */
  readonly origins?: readonly string[];
}

export interface Http2Server extends AsyncDisposable {
  readonly port: number;
  /** The fields of each extended CONNECT and each upgrade, in order. */
  readonly seen: readonly IncomingHttpHeaders[];
  /** Ends every session with GOAWAY. */
  goaway(code: number): void;
}

const page = '<!doctype html><title>h2</title><p>a page over HTTP/2</p>';

/** Each message comes back as it comes; the status follows in trailers, as gRPC has it. */
const echoGrpc = (request: Http2ServerRequest, response: Http2ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/grpc' });
  request.on('data', (chunk) => response.write(chunk));
  request.on('end', () => {
    response.addTrailers({ 'grpc-status': '0', 'grpc-message': 'done' });
    response.end();
  });
};

/** An HTTPS server of Node that echoes WebSockets over HTTP/2, and over HTTP/1.1 where it may. */
export const startHttp2Server = async ({ cert, key, extended = true, http1 = true, origins }: Http2ServerOptions): Promise<Http2Server> => {
  const seen: IncomingHttpHeaders[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createSecureServer({ cert, key, allowHTTP1: http1, settings: { enableConnectProtocol: extended } });
  const echo = (socket: WebSocket): void => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => socket.terminate());
  };
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on('connection', echo);
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session)).on('error', () => {});
  });
  // Without it Node's compatibility layer answers a CONNECT with 405 before the stream listener is asked.
  server.on('connect', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    if (headers[':method'] !== 'CONNECT') return;
    seen.push(headers);
    if (headers[':path'] === '/reset') return void stream.close(7);
    if (origins && !origins.includes(String(headers.origin))) {
      stream.respond({ ':status': 403, server: 'h2-echo', 'content-type': 'text/plain' });
      stream.end('origin not allowed\n');
      return;
    }
    const protocol = headers['sec-websocket-protocol'];
    stream.respond({ ':status': 200, ...(protocol === undefined ? {} : { 'sec-websocket-protocol': String(protocol).split(',')[0] }) });
    // ws takes any duplex stream for a socket: how its authors have WebSockets over HTTP/2 done.
    const socket = new WebSocket(null as unknown as string, undefined, {});
    (socket as unknown as { setSocket(stream: unknown, head: Buffer, options: object): void }).setSocket(stream, Buffer.alloc(0), {
      maxPayload: 0,
      skipUTF8Validation: false,
      allowSynchronousEvents: true,
    });
    echo(socket);
  });
  server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
    if (request.method === 'CONNECT') return;
    if (request.url === '/grpc') return echoGrpc(request, response);
    if (request.method === 'POST') return void request.pipe(response);
    response.setHeader('content-type', 'text/html');
    response.end(page);
  });
  server.on('upgrade', (request, socket, head) => {
    seen.push(request.headers);
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  });
  server.on('sessionError', () => {}).on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    goaway: (code) => {
      for (const session of sessions) session.goaway(code);
    },
    [Symbol.asyncDispose]: async () => {
      for (const session of sessions) session.destroy();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
