import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { Entrance } from '../../../src/model/event.js';
import { ask, dial, headLength, portBytes } from './caller.js';
import { type Peer, takePeer } from './peer.js';

export const schemes = ['ws', 'wss'] as const;
export const families = ['IPv4', 'IPv6'] as const;
export type Scheme = (typeof schemes)[number];
export type Family = (typeof families)[number];

export const loopback: Readonly<Record<Family, string>> = { IPv4: '127.0.0.1', IPv6: '::1' };
/** A name that leads to that family alone, where the server listens on nothing else. */
export const nameIn: Readonly<Record<Family, string>> = { IPv4: 'v4.localhost', IPv6: 'v6.localhost' };
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Where a cell leads: the server's address, and under which name the entrance asks for it. */
export interface Place {
  readonly scheme: Scheme;
  readonly family: Family;
  readonly port: number;
}

export interface Way {
  readonly entrance: Entrance;
  /** The server is asked for by name, because the entrance has no addresses of that family. */
  readonly byName?: true;
  /** TLS to the port itself, before anything else. */
  readonly tlsDoor?: (scheme: Scheme) => boolean;
  /** Opens the tunnel; without it the request itself says where to. */
  readonly enter?: (socket: Socket, place: Place) => Promise<unknown>;
  /** Of the request line. */
  readonly target: (path: string, place: Place) => string;
  /** Said to the proxy, and not to the server. */
  readonly fields?: string;
  /** In place of the server's own Host. */
  readonly host?: string;
}

const authority = ({ family, port }: Place): string => `${bracketed(loopback[family])}:${port}`;
const sayConnect = (socket: Socket, place: Place) =>
  ask(socket, Buffer.from(`CONNECT ${authority(place)} HTTP/1.1\r\nHost: ${authority(place)}\r\n\r\n`), headLength);
const inside = (path: string): string => path;
const toProxy = 'Proxy-Connection: keep-alive\r\nproxy-authorization:Basic Og==\r\n';

const addressBytes: Readonly<Record<Family, readonly number[]>> = {
  IPv4: [1, 127, 0, 0, 1],
  IPv6: [4, ...Array.from({ length: 15 }, () => 0), 1],
};

const saySocks5 = async (socket: Socket, { family, port }: Place): Promise<void> => {
  await ask(socket, Uint8Array.of(5, 1, 0), () => 2);
  await ask(socket, Uint8Array.of(5, 1, 0, ...addressBytes[family], ...portBytes(port)), () => 10);
};

/** Every way in, as a client goes it. */
export const ways: Readonly<Record<string, Way>> = {
  CONNECT: { entrance: 'connect', enter: sayConnect, target: inside },
  'absolute http': {
    entrance: 'absolute',
    target: (path, place) => `${place.scheme === 'wss' ? 'https' : 'http'}://${authority(place)}${path}`,
    fields: toProxy,
  },
  'absolute ws': { entrance: 'absolute', target: (path, place) => `${place.scheme}://${authority(place)}${path}`, fields: toProxy },
  SOCKS5: { entrance: 'socks5', enter: saySocks5, target: inside },
  SOCKS4a: {
    entrance: 'socks4a',
    byName: true,
    enter: (socket, { family, port }) =>
      ask(socket, Uint8Array.of(4, 1, ...portBytes(port), 0, 0, 0, 1, 0, ...Buffer.from(`${nameIn[family]}\0`)), () => 8),
    target: inside,
  },
  reverse: {
    entrance: 'reverse',
    tlsDoor: (scheme) => scheme === 'wss',
    target: (path, { scheme }) => `/${scheme}${path}`,
    host: 'front.test:8101',
  },
  'SOCKS5 over TLS': { entrance: 'socks5', tlsDoor: () => true, enter: saySocks5, target: inside },
  'HTTPS proxy': { entrance: 'connect', tlsDoor: () => true, enter: sayConnect, target: inside },
};

const secure = async (below: Socket, ca: string, servername: string | undefined): Promise<Socket> => {
  const stream = tlsConnect({
    socket: below,
    host: '127.0.0.1',
    ca,
    checkServerIdentity: () => undefined,
    ...(servername ? { servername } : {}),
  });
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject).once('secureConnect', () => {
      stream.off('error', reject);
      resolve();
    });
  });
  return stream.pause();
};

/** Comes in by that way, TLS done where it is due, ready to say the request. */
export const comeIn = async (
  way: Way,
  place: Place,
  door: { readonly host: string; readonly port: number; readonly ca: string },
): Promise<Peer & { readonly localPort: number }> => {
  const raw = await dial(door.port, door.host);
  let stream = way.tlsDoor?.(place.scheme) ? await secure(raw, door.ca, undefined) : raw;
  await way.enter?.(stream, place);
  if (way.enter && place.scheme === 'wss') stream = await secure(stream, door.ca, way.byName ? nameIn[place.family] : undefined);
  return { ...takePeer(stream, raw), localPort: raw.localPort ?? 0 };
};
