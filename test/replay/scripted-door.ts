import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A listener on loopback that stands in for the proxy's door: `serve` gets each connection. */
export const openDoor = async (serve: (visitor: Visitor) => Promise<void>) => {
  const visits: Promise<void>[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    visits.push(serve(visitorOf(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    door: { host: '127.0.0.1', port },
    /** Resolves when every visit so far has been served; rejects when one did not go as expected. */
    served: () => Promise.all(visits),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

export interface Visitor {
  readonly socket: Socket;
  /** Bytes as latin1, once so many have come. */
  reads(length: number): Promise<string>;
  says(latin1: string | Uint8Array): void;
  /** `fin` (answered with one), or the code of the error that ended it. Bytes that nobody asked for fail. */
  ends(): Promise<string>;
}

const visitorOf = (socket: Socket): Visitor => {
  let held = '';
  let end = '';
  let wake = (): void => {};
  socket.on('data', (chunk) => {
    held += chunk.toString('latin1');
    wake();
  });
  const over = (how: string) => {
    end ||= how;
    wake();
  };
  socket.on('end', () => over('fin')).on('error', (error: NodeJS.ErrnoException) => over(error.code ?? 'error'));
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    socket,
    reads: async (length) => {
      await until(() => held.length >= length || end !== '');
      const read = held.slice(0, length);
      held = held.slice(length);
      return read;
    },
    says: (bytes) => void (typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes)),
    ends: async () => {
      await until(() => end !== '');
      socket.end();
      if (held !== '') throw new Error(`unexpected bytes: ${JSON.stringify(held)}`);
      return end;
    },
  };
};
