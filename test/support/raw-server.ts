import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { headIsThere, type Wanted, type WatchedSocket, watchSocket } from './watched-socket.js';

/**
 * One step of what a raw server does on each connection, in order. `read-head` waits for a blank line, `until` for bytes or a
 * condition, `send` writes a chunk and hands it to the system before the next step, `wait` is a gate of the test's own; `fin` and
 * `reset` end the connection, `silence` leaves it open without another word.
 */
export type Step =
  | { readonly type: 'read-head' | 'fin' | 'reset' | 'silence' }
  | { readonly type: 'until'; readonly wanted: Wanted }
  | { readonly type: 'send'; readonly bytes: string | Uint8Array }
  | { readonly type: 'wait'; readonly for: () => Promise<unknown> };

export const readHead: Step = { type: 'read-head' };
export const fin: Step = { type: 'fin' };
export const reset: Step = { type: 'reset' };
export const silence: Step = { type: 'silence' };
export const until = (wanted: Wanted): Step => ({ type: 'until', wanted });
export const send = (bytes: string | Uint8Array): Step => ({ type: 'send', bytes });
export const wait = (gate: () => Promise<unknown>): Step => ({ type: 'wait', for: gate });

export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** In the order of their arrival. */
  readonly connections: readonly WatchedSocket[];
  /** The connection of that number (0 is the first), as soon as it is there. */
  connection(nth: number): Promise<WatchedSocket>;
  /** Why scripts stopped before their last step, such as a client that left. */
  readonly failures: readonly Error[];
  close(): Promise<void>;
}

const play = async (peer: WatchedSocket, script: readonly Step[]) => {
  for (const step of script) {
    if (step.type === 'read-head') await peer.until(headIsThere);
    else if (step.type === 'until') await peer.until(step.wanted);
    else if (step.type === 'send') await peer.send(step.bytes);
    else if (step.type === 'wait') await step.for();
    else if (step.type === 'fin') peer.end();
    else if (step.type === 'reset') peer.reset();
    else return;
  }
};

/** A TCP server (TLS with PEM texts) on a free loopback port that plays one script on every connection, whatever the client says. */
export const startRawServer = async (
  script: readonly Step[],
  tls?: { readonly cert: string; readonly key: string },
): Promise<RawServer> => {
  const connections: WatchedSocket[] = [];
  const failures: Error[] = [];
  const waiting = new Set<() => void>();
  const accept = (socket: Socket) => {
    const peer = watchSocket(socket);
    connections.push(peer);
    for (const look of waiting) look();
    play(peer, script).catch((error: Error) => failures.push(error));
  };
  const server = tls === undefined ? createServer({ allowHalfOpen: true, noDelay: true }, accept) : createTlsServer({ ...tls }, accept);
  const raw = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    raw.add(socket);
    socket.on('close', () => raw.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const connection = (nth: number) =>
    new Promise<WatchedSocket>((resolve) => {
      const look = () => {
        const peer = connections[nth];
        if (peer === undefined) return;
        waiting.delete(look);
        resolve(peer);
      };
      waiting.add(look);
      look();
    });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of raw) socket.destroy();
      server.close(() => resolve());
    });
  return { port: (server.address() as AddressInfo).port, connections, connection, failures, close, [Symbol.asyncDispose]: close };
};
