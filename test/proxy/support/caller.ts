import { connect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { type Peer, takePeer } from './peer.js';

/** The ways into the proxy. `direct` goes past it. */
export const ways = ['direct', 'connect', 'connect-tls', 'socks5', 'socks4a', 'absolute', 'reverse'] as const;
export type Way = (typeof ways)[number];

/** A connected client: `door` counts the bytes that CONNECT or SOCKS took, both ways. */
export interface Caller extends Peer {
  readonly localPort: number;
  readonly door: { readonly said: number; readonly heard: number };
}

export interface Call {
  readonly way: Way;
  readonly proxyPort: number;
  readonly originPort: number;
  /** PEM of what a TLS client trusts; TLS also with `direct` where it is given. */
  readonly ca?: string;
}

/** Connects; the socket is paused and has an error listener. */
export const dial = (port: number, host = '127.0.0.1'): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true, allowHalfOpen: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => {});
      socket.pause();
      resolve(socket);
    });
  });

/** Says something to the proxy and takes exactly that many bytes of its answer off the socket. */
export const ask = (socket: Socket, said: Uint8Array, length: (held: Buffer) => number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    const done = (): void => void socket.off('data', onData).off('end', onEnd).off('close', onEnd).pause();
    const onEnd = (): void => {
      done();
      reject(new Error(`the proxy ended after ${JSON.stringify(held.toString('latin1'))}`));
    };
    const onData = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      const wanted = length(held);
      if (held.length < wanted) return;
      done();
      if (held.length > wanted) socket.unshift(held.subarray(wanted));
      resolve(held.subarray(0, wanted));
    };
    socket.on('data', onData).on('end', onEnd).on('close', onEnd).resume();
    socket.write(said);
  });

export const headLength = (held: Buffer): number => {
  const end = held.indexOf('\r\n\r\n');
  return end === -1 ? Number.POSITIVE_INFINITY : end + 4;
};

export const portBytes = (port: number): number[] => [port >> 8, port & 0xff];

const pass = async (socket: Socket, way: Way, port: number): Promise<{ said: number; heard: number }> => {
  if (way === 'connect' || way === 'connect-tls') {
    const said = Buffer.from(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    return { said: said.length, heard: (await ask(socket, said, headLength)).length };
  }
  if (way === 'socks5') {
    await ask(socket, Uint8Array.of(5, 1, 0), () => 2);
    await ask(socket, Uint8Array.of(5, 1, 0, 1, 127, 0, 0, 1, ...portBytes(port)), () => 10);
    return { said: 13, heard: 12 };
  }
  if (way === 'socks4a') {
    const said = Uint8Array.of(4, 1, ...portBytes(port), 0, 0, 0, 1, 0, ...Buffer.from('localhost\0'));
    return { said: said.length, heard: (await ask(socket, said, () => 8)).length };
  }
  return { said: 0, heard: 0 };
};

/** Goes this way to the origin, does TLS where it is due, and is then ready to send its first byte. */
export const call = async ({ way, proxyPort, originPort, ca }: Call): Promise<Caller> => {
  const raw = await dial(way === 'direct' ? originPort : proxyPort);
  const localPort = raw.localPort ?? 0;
  const door = await pass(raw, way, originPort);
  if (ca === undefined) return { ...takePeer(raw), localPort, door };
  const stream = tlsConnect({ socket: raw, host: '127.0.0.1', ca });
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('secureConnect', () => {
      stream.off('error', reject);
      resolve();
    });
  });
  return { ...takePeer(stream, raw), localPort, door };
};
