import { type Access, loopbackOnly } from '../../../src/proxy/access/access.js';
import { within } from './deadline.js';
import type { House } from './house.js';
import { dialFrom, otherMachine } from './other-machine.js';

/** Other machines come in with `me` and `se:cret`, and get everywhere. */
export const lan: Access = { ...loopbackOnly, lan: true, credentials: { user: 'me', password: 'se:cret' }, privateTargets: true };
export const good = `Proxy-Authorization: Basic ${btoa('me:se:cret')}\r\n`;
export const handshake =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

export const connectTo = (port: number, fields = '') => `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${fields}\r\n`;
export const openIn = (port: number, fields = '', target = '/') =>
  `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${handshake}${fields}\r\n`;

/** A connection from another machine. The test mocks `isLoopbackAddress`, so that `otherMachine` is one. */
export const guestOf = (home: House) => dialFrom(otherMachine, home.port);

/** The reset may come before the connect is known to have worked. */
export const knock = async (home: House, said = ''): Promise<string> => {
  const guest = await guestOf(home).catch((error: NodeJS.ErrnoException) => error.code);
  if (typeof guest !== 'object') return guest === 'ECONNRESET' ? 'turned away' : String(guest);
  await guest.send(Buffer.from(said));
  await within(guest.closed(), () => 'it is not turned away');
  return guest.length() === 0 ? 'turned away' : guest.received().toString();
};
