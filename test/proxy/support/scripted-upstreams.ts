import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';

/** A proxy behind the proxy, on a free loopback port: what it was told, message by message, and on which connection. */
export interface Upstream extends AsyncDisposable {
  readonly port: number;
  readonly said: readonly { readonly connection: number; readonly text: string }[];
  /** Connections that were opened. */
  count(): number;
}

const serve = async (
  onSocket: (socket: Socket, nth: number) => void,
  secureContext?: SecureContext,
): Promise<Upstream & { note(nth: number, text: string): void }> => {
  const said: { connection: number; text: string }[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const accept = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    count += 1;
    onSocket(socket, count);
  };
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: secureContext !== undefined }, (socket) => {
    if (!secureContext) return accept(socket);
    const stream = new TLSSocket(socket, { isServer: true, secureContext });
    stream.on('error', () => {});
    stream.once('secure', () => accept(stream));
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    said,
    count: () => count,
    note: (connection, text) => void said.push({ connection, text }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

const join = (socket: Socket, port: number, ready: (server: Socket) => void): void => {
  const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
    ready(server);
    server.pipe(socket);
    socket.pipe(server);
  });
  server.on('error', () => socket.destroy());
  socket.on('close', () => server.destroy());
};

/** What an HTTP proxy does with one request head: these bytes (and FIN or RST), or the tunnel with this reply. */
export type Answer = { readonly say: string; readonly end?: 'fin' | 'reset' } | { readonly tunnel: string };

/** Reads heads one after the other; names are not resolved: every place is a port of this machine. */
export const httpUpstream = async (answer: (head: string, nth: number) => Answer, secureContext?: SecureContext): Promise<Upstream> => {
  let heads = 0;
  const upstream = await serve((socket, nth) => {
    let held = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      const end = held.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = held.subarray(0, end + 4).toString('latin1');
      held = held.subarray(end + 4);
      heads += 1;
      upstream.note(nth, head);
      const reply = answer(head, heads);
      if ('say' in reply) {
        if (reply.say !== '') socket.write(reply.say, 'latin1');
        if (reply.end === 'fin') socket.end();
        if (reply.end === 'reset') socket.resetAndDestroy();
        return;
      }
      socket.off('data', onData).pause();
      join(socket, Number(/:(\d+) HTTP/.exec(head)?.[1]), (server) => {
        if (reply.tunnel !== '') socket.write(reply.tunnel, 'latin1');
        if (held.length > 0) server.write(held);
      });
    };
    socket.on('data', onData);
  }, secureContext);
  return upstream;
};

export const opened = 'HTTP/1.1 200 OK\r\nVia: 1.1 upstream\r\n\r\n';
export const opening = (): Answer => ({ tunnel: opened });

/** A SOCKS5 proxy of its own: `permit` is asked with RFC 1929's user name and password; without it no credentials are wanted. `code` other than 0 refuses. */
export const socksUpstream = async ({
  permit,
  code = 0,
}: {
  readonly permit?: (user: string, password: string) => boolean;
  readonly code?: number;
} = {}): Promise<Upstream> => {
  const upstream = await serve((socket, nth) => {
    let state: 'greeting' | 'credentials' | 'request' = 'greeting';
    socket.on('data', (chunk: Buffer) => {
      upstream.note(nth, chunk.toString('latin1'));
      if (state === 'greeting') {
        const wanted = permit ? 2 : 0;
        const offered = chunk.subarray(2).includes(wanted);
        socket.write(Buffer.of(5, offered ? wanted : 0xff));
        state = permit ? 'credentials' : 'request';
      } else if (state === 'credentials') {
        const length = chunk[1] ?? 0;
        const good = permit?.(chunk.subarray(2, 2 + length).toString(), chunk.subarray(3 + length).toString()) === true;
        socket.write(Buffer.of(1, good ? 0 : 1));
        state = 'request';
      } else {
        socket.removeAllListeners('data').pause();
        const reply = Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
        if (code !== 0) socket.end(reply);
        else join(socket, chunk.readUInt16BE(chunk.length - 2), () => socket.write(reply));
      }
    });
  });
  return upstream;
};
