import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Grounds } from '../grounds.js';

/** A listener that treats each connection as `meet` does: what broken boxes and dead services do to TCP. Gives its port. */
export const startRaw = async (grounds: Grounds, meet: (socket: Socket) => unknown, host = '127.0.0.1'): Promise<number> => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    meet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  grounds.atEnd(() => {
    for (const socket of open) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
};
