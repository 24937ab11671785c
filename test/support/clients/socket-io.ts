import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { type Attempt, greeting, type Outcome, watchOutcome } from './outcome.js';

/** socket.io-client by WebSocket alone, as it is told with `transports: ['websocket']`; its own server is the peer. */
export const withSocketIo = ({ url, proxy, ca, timeoutMs }: Attempt): Promise<Outcome> => {
  const { seen, outcome, settle } = watchOutcome(timeoutMs);
  const agent = proxy === undefined ? undefined : new HttpsProxyAgent(proxy);
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    // The type knows the browser's meaning only.
    ...(agent === undefined ? {} : { agent: agent as unknown as string }),
    ...(ca === undefined ? {} : { ca }),
  });
  socket.on('connect', () => {
    seen.opened = true;
    socket.emit('echo', greeting, (text: string) => {
      seen.echoed = text === greeting;
      seen.closeCode = 1000;
      settle();
    });
  });
  socket.on('connect_error', (error) => {
    seen.error = error.message;
    settle();
  });
  return outcome.finally(() => socket.disconnect());
};

export interface SocketIoServer {
  readonly port: number;
  close(): Promise<void>;
}

export const startSocketIoServer = async (tls?: { readonly cert: string; readonly key: string }): Promise<SocketIoServer> => {
  const server = tls ? createTlsServer(tls) : createServer();
  const sockets = new Server(server);
  sockets.on('connection', (socket) => {
    socket.on('echo', (text: string, answer: (text: string) => void) => answer(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      await sockets.close();
    },
  };
};
