import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { within } from './support/deadline.js';
import { startHouse } from './support/house.js';

const secured = (socket: TLSSocket): Promise<TLSSocket> =>
  new Promise((resolve, reject) => void socket.once('secureConnect', () => resolve(socket)).once('error', reject));

const heard = (socket: TLSSocket): Promise<string> => new Promise((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())));

it('stops although a client of TLS inside TLS keeps its connection open', async () => {
  const house = await startHouse();
  const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
  const origin = createServer(serverOptions, (_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
  const { port } = origin.address() as AddressInfo;
  const door = await secured(connect({ host: '127.0.0.1', port: house.port, ca: house.ca }));
  door.write(`CONNECT localhost:${port} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  expect(await heard(door)).toContain(' 200 ');
  const inner = await secured(connect({ socket: door, servername: 'localhost', ca: house.ca }));
  for (const socket of [door, inner]) socket.on('error', () => {});
  inner.write(`GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  expect(await heard(inner)).toContain('hello');
  try {
    await within(Promise.resolve(house[Symbol.asyncDispose]()), () => 'the engine does not stop');
  } finally {
    door.destroy();
    origin.closeAllConnections();
    origin.close();
  }
});
