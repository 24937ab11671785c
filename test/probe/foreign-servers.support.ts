import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { testCertificate } from '../support/test-certificate.js';

interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

const start = async (take: (socket: Socket, first: Buffer) => void): Promise<Running> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('data', (first) => take(socket, first));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Servers that are no Node servers. */
export const foreignServers = {
  /** TLS, and this to whoever speaks HTTP in the clear. */
  speaking: async (answer: string): Promise<Running> => {
    const { cert, key } = testCertificate();
    const secure = createTlsServer({ cert, key }, (socket) => void socket.on('error', () => {}).on('data', () => socket.end()));
    secure.on('tlsClientError', () => {});
    return start((socket, first) => {
      if (first[0] !== 0x16) return void socket.end(answer);
      socket.pause();
      socket.unshift(first);
      secure.emit('connection', socket);
    });
  },
  /** Answers each head, and ends. */
  plain: (answer: (head: string) => string): Promise<Running> =>
    start((socket, first) => void socket.end(answer(first.toString('latin1')))),
  /** Answers the handshake, and leaves the connection to the client. */
  closing: (answer: (asked: { readonly key: string }) => Buffer): Promise<Running> =>
    start((socket, first) => void socket.write(answer({ key: /Sec-WebSocket-Key: (\S+)/i.exec(first.toString('latin1'))?.[1] ?? '' }))),
};
