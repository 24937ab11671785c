import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a test changes between one conversation and the next. */
export interface GateManner {
  /** Answers the nth message (from 1) of a client. */
  reply(text: string, nth: number): string;
  /** The Close that follows on `bye`. */
  close: readonly [code: number, reason: string];
}

export interface Gate extends AsyncDisposable {
  readonly port: number;
  readonly manner: GateManner;
  /** From here on it shows another certificate, or speaks other versions of TLS. */
  secure(options: SecureContextOptions): void;
}

const refusals = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' } as const;

/** Lets in who asks for /chat, from http://good.example, with a cookie `sid`, and with the subprotocol chat where one is asked for. */
const refusalOf = ({ url = '/', headers }: IncomingMessage): keyof typeof refusals | null => {
  if (new URL(url, 'http://x').pathname !== '/chat') return 404;
  if (headers.origin !== 'http://good.example') return 403;
  if (!/\bsid=/.test(headers.cookie ?? '')) return 401;
  const protocol = headers['sec-websocket-protocol'];
  return protocol !== undefined && !protocol.split(/, */).includes('chat') ? 400 : null;
};

/** A server of Node that minds who comes in, on a free loopback port. */
export const startGate = async (tls?: SecureContextOptions): Promise<Gate> => {
  const manner: GateManner = { reply: (text) => text, close: [1000, ''] };
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => (offered.has('chat') ? 'chat' : false) });
  sockets.on('connection', (socket: WebSocket) => {
    let count = 0;
    socket.on('message', (data) => {
      const text = String(data);
      if (text === 'bye') socket.close(...manner.close);
      else socket.send(manner.reply(text, ++count));
    });
  });
  const server = tls ? createTlsServer(tls) : createServer();
  server.on('request', (_, response) => response.end('an ordinary page\n'));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request);
    if (refusal === null) return sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened));
    socket.end(`HTTP/1.1 ${refusal} ${refusals[refusal]}\r\nServer: gate\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    manner,
    secure: (options) => (server as Server).setSecureContext(options),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
