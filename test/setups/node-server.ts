import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import type { Grounds } from './grounds.js';

export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Lets an http server of this process listen on a free port, and cuts all of its connections at the end; gives the port. */
export const listen = async (grounds: Grounds, server: Server): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  grounds.atEnd(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(done));
  });
  return (server.address() as AddressInfo).port;
};

/** Node's own http server; `upgrade` absent: nobody takes upgrades. */
export const startHttp = (
  grounds: Grounds,
  {
    request = (_, response) => void response.end('an application\n'),
    upgrade,
    tls,
  }: { readonly request?: RequestListener; readonly upgrade?: OnUpgrade; readonly tls?: SecureContextOptions },
): Promise<number> => {
  const server = tls ? createTlsServer(tls, request) : createServer(request);
  if (upgrade)
    server.on('upgrade', (asked, socket, head) => {
      upgrade(asked, socket, head);
      // Node leaves an upgraded socket half open behind the client's FIN.
      socket.on('end', () => socket.end()).resume();
    });
  return listen(grounds, server);
};

/** RFC 6455 section 4.2.2. */
export const acceptOf = ({ headers }: IncomingMessage): string =>
  createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** A head from its lines. */
export const headFrom = (...lines: readonly string[]): string => [...lines, '', ''].join('\r\n');

export const upgradeHead = (request: IncomingMessage, ...more: readonly string[]): string =>
  headFrom(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptOf(request)}`,
    ...more,
  );

/** Makes the project's packages importable in the folder. */
export const withPackages = ({ folder }: Grounds): void =>
  symlinkSync(resolve(import.meta.dirname, '../../node_modules'), `${folder}/node_modules`);

/** Runs an ES module as a program of its own, in which `PORT` stands for a free port; gives that port. */
export const runModule = async (grounds: Grounds, source: string): Promise<number> => {
  withPackages(grounds);
  const port = await grounds.freePort();
  await grounds.run(process.execPath, [grounds.file('server.mjs', source.replaceAll('PORT', String(port)))], { port });
  return port;
};
