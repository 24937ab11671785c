import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { startEchoServer } from '../support/echo-server.js';
import { testCertificate } from '../support/test-certificate.js';
import type { Grounds } from './grounds.js';

/** What stands behind a proxy, beside the application of nginx/support.ts: npm ws in other shapes, and what is no application at all. */

/** Takes connections; `greet` is told of each. */
const startSocketServer = async (grounds: Grounds, greet: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  grounds.atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

/** An application that hangs: it takes the connection and never answers. */
export const startStalled = (grounds: Grounds): Promise<number> => startSocketServer(grounds, (socket) => void socket.resume());

/** What an SSH server says before anybody else does, and to whoever speaks no SSH. */
export const startBanner = (grounds: Grounds): Promise<number> =>
  startSocketServer(grounds, (socket) => {
    socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n');
    socket.once('data', () => socket.end('Invalid SSH identification string.\r\n'));
  });

/** An application that falls over at each request. */
export const startCrashing = (grounds: Grounds): Promise<number> =>
  startSocketServer(grounds, (socket) => socket.once('data', () => socket.destroy()));

/** The application behind TLS. */
export const startTlsApp = async (grounds: Grounds): Promise<number> => {
  const { cert, key } = testCertificate();
  const app = await startEchoServer({ tls: { cert, key } });
  grounds.atEnd(() => app.close());
  return app.port;
};

/** npm ws on a port of its own, `new WebSocketServer({ port })`; with `greeting` it says that to each client, compressed. */
export const startWs = async (grounds: Grounds, { path, greeting }: { path?: string; greeting?: string } = {}): Promise<number> => {
  const server = new WebSocketServer({
    ...{ port: 0, host: '127.0.0.1', perMessageDeflate: greeting === undefined ? false : { threshold: 0 } },
    ...(path !== undefined && { path }),
  });
  server.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    if (greeting !== undefined) socket.send(greeting);
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  grounds.atEnd(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

/** npm ws that lets in pages of its own host only, as gorilla and tornado do unless told otherwise: Origin against Host. */
export const startSameHost = async (grounds: Grounds): Promise<number> => {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createHttpServer((_request, response) => response.end('the application\n'));
  server.on('upgrade', (request, socket, head) => {
    const { origin, host } = request.headers;
    if (origin !== undefined && new URL(origin).host !== host) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => opened.on('error', () => opened.terminate()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  grounds.atEnd(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};
