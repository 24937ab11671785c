import { connect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { headIsThere, type WatchedSocket, watchSocket } from './watched-socket.js';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** How to reach the target. In absolute form the client talks to the proxy, and the caller writes the whole URL in the request. */
export type Via = { readonly type: 'direct' } | { readonly type: 'connect' | 'absolute' | 'socks5'; readonly proxy: Place };

export interface RawClient extends WatchedSocket, Disposable {
  /** What the proxy answered to CONNECT or SOCKS5, byte for byte; empty without one. */
  readonly reply: Buffer;
}

interface Opening {
  readonly target: Place;
  readonly via?: Via;
  /** TLS to the target, inside the tunnel where there is one. `ca` is a PEM text; without it any certificate is taken. */
  readonly tls?: { readonly ca?: string; readonly servername?: string };
}

const until = (socket: Socket, event: 'connect' | 'secureConnect') =>
  new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once(event, () => {
      socket.off('error', reject);
      resolve();
    });
  });

/** Sends the bytes and takes the answer off the socket, up to the length that `end` finds in it. */
const ask = (socket: Socket, bytes: string | Uint8Array, end: (held: Buffer) => number) =>
  new Promise<Buffer>((resolve, reject) => {
    let held = Buffer.alloc(0);
    const fail = () => reject(new Error(`the proxy ended after ${JSON.stringify(held.toString('latin1'))}`));
    const onData = (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      const length = end(held);
      if (length === -1) return;
      socket.off('data', onData).off('close', fail).off('error', fail);
      socket.pause();
      if (held.length > length) socket.unshift(held.subarray(length));
      resolve(held.subarray(0, length));
    };
    socket.on('data', onData).on('close', fail).on('error', fail);
    socket.resume();
    socket.write(bytes);
  });

const headEnd = (held: Buffer) => (headIsThere(held) ? held.indexOf('\r\n\r\n') + 4 : -1);

/** RFC 1928: no authentication, then CONNECT (1) to a name (address type 3). */
const throughSocks5 = async (socket: Socket, { host, port }: Place) => {
  const greeting = await ask(socket, Buffer.from([5, 1, 0]), (held) => (held.length >= 2 ? 2 : -1));
  const request = Buffer.from([5, 1, 0, 3, host.length, ...Buffer.from(host, 'latin1'), port >> 8, port & 0xff]);
  const lengthOf = (held: Buffer) => (held[3] === 4 ? 22 : held[3] === 3 ? 7 + (held[4] ?? 0) : 10);
  const reply = await ask(socket, request, (held) => (held.length >= 5 && held.length >= lengthOf(held) ? lengthOf(held) : -1));
  return { reply: Buffer.concat([greeting, reply]), good: greeting[1] === 0 && reply[1] === 0 };
};

const throughConnect = async (socket: Socket, { host, port }: Place) => {
  const name = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const reply = await ask(socket, `CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n\r\n`, headEnd);
  return { reply, good: /^HTTP\/1\.[01] 2/.test(reply.toString('latin1')) };
};

/** Connects, passes the proxy's door, does TLS where asked, and then only sends and receives exact bytes. */
export const openRawClient = async ({ target, via = { type: 'direct' }, tls }: Opening): Promise<RawClient> => {
  const plain = connect({ ...(via.type === 'direct' ? target : via.proxy), noDelay: true, allowHalfOpen: true });
  await until(plain, 'connect');
  const tunnelled = via.type === 'connect' ? throughConnect : via.type === 'socks5' ? throughSocks5 : undefined;
  const { reply, good } = tunnelled === undefined ? { reply: Buffer.alloc(0), good: true } : await tunnelled(plain, target);
  // After a refusal there is no tunnel: the caller reads the reply, and TLS would only hide it.
  const socket = tls === undefined || !good ? plain : await startTls(plain, { host: target.host, ...tls });
  const watched = watchSocket(socket);
  socket.resume();
  return { ...watched, reply, [Symbol.dispose]: () => plain.destroy() };
};

const startTls = async (socket: Socket, tls: { readonly host: string; readonly ca?: string; readonly servername?: string }) => {
  const trust = tls.ca === undefined ? { rejectUnauthorized: false } : { ca: tls.ca };
  const servername = tls.servername === undefined ? {} : { servername: tls.servername };
  const secured = tlsConnect({ socket, host: tls.host, ...trust, ...servername });
  await until(secured, 'secureConnect');
  return secured;
};

/** The upgrade request that a plain client sends; `form` is what stands on the request line. */
export const upgradeRequest = ({
  host,
  port,
  path = '/',
  form = 'origin',
}: Place & { path?: string; form?: 'origin' | 'absolute' }): string =>
  [
    `GET ${form === 'absolute' ? `http://${host}:${port}${path}` : path} HTTP/1.1`,
    `Host: ${host}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
