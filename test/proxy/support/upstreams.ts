import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ask, dial, headLength } from './caller.js';

/** Another proxy, behind the one under test. It opens every tunnel that it is asked for, on loopback. */
export interface Upstream extends AsyncDisposable {
  readonly port: number;
  /** What it was asked for, `host:port` each. */
  readonly asked: readonly string[];
  /** The request heads that an HTTP one heard. */
  readonly heads: readonly string[];
}

/** The names that tests use; every address is loopback. */
const addressOf = (host: string): string => (host === 'v6.localhost' ? '::1' : /localhost$/.test(host) ? '127.0.0.1' : host);

/** Takes exactly so many bytes off the socket. */
const takeBytes = (socket: Socket, count: number): Promise<Buffer> => ask(socket, Buffer.alloc(0), () => count);

/** Joins two sockets until both have ended; FIN is carried across, a break ends both. */
const join = (one: Socket, other: Socket): void => {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroyed || from.readableEnded || to.destroy());
  }
};

type Serve = (client: Socket, reach: (host: string, port: number) => Promise<Socket | null>, heads: string[]) => Promise<Socket | null>;

/** CONNECT (RFC 9110 section 9.3.6) and nothing else. */
const serveConnect: Serve = async (client, reach, heads) => {
  const head = (await ask(client, Buffer.alloc(0), headLength)).toString('latin1');
  heads.push(head);
  const match = /^CONNECT (?:\[([0-9a-f:.]+)\]|([^\s:]+)):(\d+) HTTP\/1\.1\r\n/i.exec(head);
  const server = match ? await reach(match[1] ?? match[2] ?? '', Number(match[3])) : null;
  client.write(server ? 'HTTP/1.1 200 OK\r\nVia: 1.1 upstream\r\n\r\n' : 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
  return server;
};

/** SOCKS5 without authentication (RFC 1928), CONNECT to an address or a name. */
const serveSocks: Serve = async (client, reach) => {
  const [, count = 0] = await takeBytes(client, 2);
  await takeBytes(client, count);
  client.write(Uint8Array.of(5, 0));
  const [, , , kind] = await takeBytes(client, 4);
  const size = kind === 1 ? 4 : kind === 4 ? 16 : ((await takeBytes(client, 1))[0] ?? 0);
  const place = await takeBytes(client, size + 2);
  const address = place.subarray(0, size);
  const groups = Array.from({ length: 8 }, (_, i) => (kind === 4 ? address.readUInt16BE(i * 2).toString(16) : ''));
  const host =
    kind === 1
      ? address.join('.')
      : kind === 3
        ? address.toString('latin1')
        : new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  const server = await reach(host, place.readUInt16BE(size));
  client.write(Uint8Array.of(5, server ? 0 : 5, 0, 1, 0, 0, 0, 0, 0, 0));
  return server;
};

/** Listens on a free port of that loopback address. */
export const startUpstream = async (kind: 'http' | 'socks5', host = '127.0.0.1'): Promise<Upstream> => {
  const asked: string[] = [];
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const reach = async (name: string, port: number): Promise<Socket | null> => {
    asked.push(`${name}:${port}`);
    return dial(port, addressOf(name)).then(keep, () => null);
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    keep(client);
    (kind === 'http' ? serveConnect : serveSocks)(client, reach, heads).then(
      (to) => (to ? join(client, to) : client.end()),
      () => client.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    heads,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
