import type { ClientRequestArgs } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';

export interface SocksPlace {
  readonly host: string;
  readonly port: number;
  readonly credentials?: { readonly user: string; readonly password: string };
}

const text = (words: string): number[] => [words.length, ...Buffer.from(words, 'latin1')];

const anything = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const heard = (): void => {
      socket.off('readable', heard).off('end', heard).off('close', heard);
      resolve();
    };
    socket.on('readable', heard).on('end', heard).on('close', heard);
  });

/** Takes exactly so many bytes off the socket. */
const takeBytes = async (socket: Socket, count: number): Promise<Buffer> => {
  let bytes: Buffer = Buffer.alloc(0);
  for (;;) {
    // A part that stays in the stream would make it `readable` again and again, and nothing else would ever happen.
    const found = socket.read() as Buffer | null;
    if (found) bytes = Buffer.concat([bytes, found]);
    if (bytes.length >= count) {
      if (bytes.length > count) socket.unshift(bytes.subarray(count));
      return bytes.subarray(0, count);
    }
    if (socket.readableEnded || socket.destroyed) throw new Error('the proxy ended');
    await anything(socket);
  }
};

const open = async (proxy: SocksPlace, { host, port }: { readonly host: string; readonly port: number }): Promise<Socket> => {
  const socket = connect(proxy.port, proxy.host);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.write(Uint8Array.from(proxy.credentials ? [5, 2, 0, 2] : [5, 1, 0]));
  const [, method] = await takeBytes(socket, 2);
  if (method === 2 && proxy.credentials) {
    socket.write(Uint8Array.of(1, ...text(proxy.credentials.user), ...text(proxy.credentials.password)));
    const [, wrong] = await takeBytes(socket, 2);
    if (wrong !== 0) throw new Error('SOCKS5: wrong credentials');
  } else if (method !== 0) throw new Error(`SOCKS5: no way in (${method})`);
  const address = isIP(host) === 4 ? [1, ...host.split('.').map(Number)] : [3, ...text(host)];
  socket.write(Uint8Array.of(5, 1, 0, ...address, port >> 8, port & 0xff));
  const [, code] = await takeBytes(socket, 10);
  if (code !== 0) throw new Error(`SOCKS5: refused (${code})`);
  return socket;
};

/**
 * `createConnection` of Node's http, and so of ws, by way of a SOCKS5 proxy: what the package socks-proxy-agent does, in few lines. With `tls`
 * the connection is secured inside.
 */
export const throughSocks =
  (proxy: SocksPlace, tls?: { readonly ca: string }) =>
  (options: ClientRequestArgs, done?: (error: Error | null, socket: Duplex) => void): Duplex | undefined => {
    const place = { host: String(options.host), port: Number(options.port) };
    const settle = (error: Error | null, socket: Socket | null): void => done?.(error, socket as Socket);
    open(proxy, place).then(
      (socket) => {
        if (!tls) return settle(null, socket);
        const servername = isIP(place.host) === 0 ? { servername: place.host } : {};
        const secured = tlsConnect({ socket, host: place.host, ca: tls.ca, ...servername });
        secured.once('secureConnect', () => settle(null, secured)).once('error', (error) => settle(error, null));
      },
      (error: Error) => settle(error, null),
    );
    // The socket comes later, by the callback.
    return undefined;
  };
