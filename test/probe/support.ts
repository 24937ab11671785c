import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { type DoctorOptions, type DoctorReport, doctor } from '../../src/control/doctor.js';

/** What a server does with a handshake: a status refuses it, with a body. */
export type Reply = 101 | 'fin' | 'reset' | 'silence' | { readonly status: number; readonly body?: string; readonly fields?: string };

export interface UpgradeServer extends AsyncDisposable {
  readonly port: number;
  /** Request heads as they came, handshakes and others. */
  readonly seen: readonly IncomingMessage[];
  /** The most connections that stood at one time. */
  most(): number;
  /** As a process that has died: nobody listens, everything is cut. */
  crash(): void;
}

export interface Manners {
  readonly upgrade: (request: IncomingMessage) => Reply;
  /** Of plain requests; 404 unless. */
  readonly plain?: (request: IncomingMessage, response: ServerResponse) => void;
  /** What happens to an open WebSocket, by its raw socket. */
  readonly opened?: (socket: Socket, self: UpgradeServer) => void;
  readonly protocols?: readonly string[];
}

/** Node's http with ws behind an upgrade listener of its own. */
export const startUpgradeServer = async ({ upgrade, plain, opened, protocols = [] }: Manners): Promise<UpgradeServer> => {
  const seen: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  let most = 0;
  const web = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered].find((one) => protocols.includes(one)) ?? false,
  });
  const server = createServer((request, response) => {
    seen.push(request);
    if (plain) return plain(request, response);
    response.statusCode = 404;
    response.end('nothing here\n');
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    seen.push(request);
    const reply = upgrade(request);
    if (reply === 'fin') return void socket.end();
    if (reply === 'reset') return void socket.resetAndDestroy();
    // Who does not read does not hear of a FIN.
    if (reply === 'silence') return void socket.on('end', () => socket.end()).resume();
    if (reply !== 101) {
      const { status, body = 'no\n', fields = '' } = reply;
      return void socket.end(`HTTP/1.1 ${status} No\r\n${fields}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    }
    web.handleUpgrade(request, socket, head, (one) => {
      one.on('error', () => {});
      opened?.(socket, self);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const self: UpgradeServer = {
    port: (server.address() as AddressInfo).port,
    seen,
    most: () => most,
    crash: cut,
    [Symbol.asyncDispose]: async () => cut(),
  };
  return self;
};

/** A proxy that takes CONNECT, or refuses it with this status, or leads everyone to this port. */
export const startConnectProxy = async (refuse?: number, to?: number): Promise<{ readonly url: string } & AsyncDisposable> => {
  const sockets = new Set<Socket>();
  const server = createServer().on('connect', (request: IncomingMessage, client: Socket) => {
    client.on('error', () => {});
    if (refuse !== undefined) return void client.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: 0\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const out = connect(to ?? Number(port), to === undefined ? host : '127.0.0.1');
    sockets.add(out).add(client);
    out.on('connect', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      out.pipe(client).pipe(out);
    });
    out.on('error', () => client.end('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

export const examine = (url: string, options: Partial<DoctorOptions> = {}): Promise<DoctorReport> =>
  doctor({
    url,
    origin: null,
    protocols: [],
    headers: [],
    proxy: null,
    ca: null,
    insecure: false,
    http2: false,
    timeoutMs: 5000,
    holdMs: 100,
    ...options,
  });

export const firstOf = ({ findings }: DoctorReport): string | undefined => findings[0]?.code;

export const codesOf = ({ findings }: DoctorReport): readonly string[] => findings.map(({ code }) => code);
/** What the first finding says that it is not. */
export const outOf = ({ findings }: DoctorReport): readonly string[] => findings[0]?.ruledOut.map(({ code }) => code) ?? [];
