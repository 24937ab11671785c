import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions, TlsOptions as TlsServerOptions } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';

export interface EchoOptions {
  /** Loopback address to listen on (127.0.0.1). */
  readonly host?: string;
  /** PEM texts; with them the server speaks wss. */
  readonly tls?: SecureContextOptions & Pick<TlsServerOptions, 'requestCert' | 'rejectUnauthorized' | 'ALPNProtocols' | 'SNICallback'>;
  /** Origins that are let in; any other one, and none, gets 403. Without it everyone is let in. */
  readonly origins?: readonly string[];
  /** Host names that it answers for; another one in Host gets 421. */
  readonly hosts?: readonly string[];
  /** A cookie without which the answer is 401. */
  readonly cookie?: string;
  /** Paths on which an upgrade is answered with this status and a small HTML body in place of 101. */
  readonly answers?: Readonly<Record<string, 200 | 404 | 426>>;
  /** Agrees on permessage-deflate, and compresses every message. */
  readonly deflate?: boolean;
  /** Pings every client so often, milliseconds, and cuts it off at the third Ping without a Pong. */
  readonly heartbeatMs?: number;
  /** Subprotocols that are accepted; the first one offered and known here is chosen. */
  readonly protocols?: readonly string[];
}

export interface SeenRequest {
  readonly url: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
}

export interface EchoServer extends AsyncDisposable {
  readonly port: number;
  /** `ws://127.0.0.1:PORT/`, or `wss`, or with the other address. */
  readonly url: string;
  /** Upgrade requests, in order. */
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

const reasons = {
  200: 'OK',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  426: 'Upgrade Required',
} as const;

const refuse = (socket: Duplex, status: keyof typeof reasons) => {
  const body = `<h1>${status} ${reasons[status]}</h1>\n`;
  const more = status === 426 ? 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' : '';
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status]}\r\nServer: echo-server\r\nContent-Type: text/html\r\n` +
      `Content-Length: ${body.length}\r\nConnection: close\r\n${more}\r\n${body}`,
  );
};

const keepAlive = (socket: WebSocket, ms: number) => {
  let missing = 0;
  const timer = setInterval(() => {
    if (missing === 3) return socket.terminate();
    missing += 1;
    socket.ping();
  }, ms);
  socket.on('pong', () => {
    missing = 0;
  });
  socket.on('close', () => clearInterval(timer));
};

/** A WebSocket server on a free loopback port that sends every message back as it came. */
export const startEchoServer = async (options: EchoOptions = {}): Promise<EchoServer> => {
  const { host = '127.0.0.1', tls, origins, answers = {}, protocols = [] } = options;
  const seen: SeenRequest[] = [];
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: options.deflate ? { threshold: 0 } : false,
    handleProtocols: (offered) => [...offered].find((name) => protocols.includes(name)) ?? false,
  });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => socket.terminate());
    if (options.heartbeatMs !== undefined) keepAlive(socket, options.heartbeatMs);
  });

  const server = tls === undefined ? createServer() : createTlsServer(tls);
  server.on('request', (_request, response) => response.end('an echo server for WebSockets\n'));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    seen.push({ url: request.url ?? '', rawHeaders: request.rawHeaders });
    const status = answers[new URL(request.url ?? '/', 'ws://x').pathname];
    if (status !== undefined) return refuse(socket, status);
    if (options.hosts && !options.hosts.includes(new URL(`http://${request.headers.host}`).hostname)) return refuse(socket, 421);
    if (options.cookie && !request.headers.cookie?.includes(`${options.cookie}=`)) return refuse(socket, 401);
    if (origins !== undefined && !origins.includes(request.headers.origin ?? '')) return refuse(socket, 403);
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));

  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return {
    port,
    url: `${tls === undefined ? 'ws' : 'wss'}://${host.includes(':') ? `[${host}]` : host}:${port}/`,
    seen,
    close,
    [Symbol.asyncDispose]: close,
  };
};
