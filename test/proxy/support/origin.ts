import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { type Peer, takePeer } from './peer.js';

/** A server on a free loopback port that hands out its connections one by one, in the order of their arrival. */
export interface Origin extends AsyncDisposable {
  readonly port: number;
  /** The next connection; with TLS, once its handshake is done. */
  next(): Promise<Peer>;
  /** How many have come. */
  count(): number;
}

export interface OriginOptions {
  readonly secureContext?: SecureContext;
  /** Loopback address to listen on (127.0.0.1). */
  readonly host?: string;
  /** Leave TCP connections to the test. */
  readonly raw?: (socket: Socket) => void;
}

export const startOrigin = async ({ secureContext, raw, host = '127.0.0.1' }: OriginOptions = {}): Promise<Origin> => {
  const ready: Peer[] = [];
  const waiting: ((peer: Peer) => void)[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const give = (peer: Peer): void => {
    const first = waiting.shift();
    if (first) first(peer);
    else ready.push(peer);
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: secureContext !== undefined }, (socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    if (raw) return raw(socket);
    if (!secureContext) return give(takePeer(socket));
    const stream = new TLSSocket(socket, { isServer: true, secureContext });
    stream.on('error', () => {});
    stream.once('secure', () => give(takePeer(stream, socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    count: () => count,
    next: () =>
      new Promise((resolve) => {
        const first = ready.shift();
        if (first) resolve(first);
        else waiting.push(resolve);
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
