import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Authority } from '../authority/authority.js';
import { echoNonce } from './own-echo.js';
import { checkAnswer, type OwnFiles, ownAnswer, ownName } from './own-pages.js';

/**
 * shakedown as a server: the page at its own port, and the host shakedown.test. That name is answered by two small servers on loopback which
 * the river reaches as it reaches any other, so that a client that looks at the page goes the whole way which it wants to know about.
 */
export interface OwnHost {
  readonly files: () => OwnFiles;
  /** The loopback port that answers for shakedown.test at this port (80 or 443), opened when it is first asked for; null at another place. */
  port(place: { readonly host: string; readonly port: number }): Promise<number> | null;
  /** The loopback ports that were opened so far. */
  ports(): readonly number[];
  /** Trust in our own authority and nothing else, for the server leg to shakedown.test. */
  trust(): SecureContext;
  close(): Promise<void>;
}

export interface OwnHostParts {
  readonly authority: Authority;
  readonly files: () => OwnFiles;
  /** Origins of our own page when it is opened straight, as `http://127.0.0.1:8101`. */
  readonly straightOrigins: () => readonly string[];
}

/** More than the page of one browser opens at once; whoever opens more waits. */
const mostConnections = 64;

const send = ({ method }: IncomingMessage, response: ServerResponse, answer: ReturnType<typeof ownAnswer>): void => {
  const body = Buffer.from(answer.body as string);
  response.writeHead(answer.status, {
    'Content-Type': answer.contentType,
    'Content-Length': body.length,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...Object.fromEntries(answer.fields),
  });
  response.end(method === 'HEAD' ? undefined : body);
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve((server.address() as AddressInfo).port));
  });

export const createOwnHost = ({ authority, files, straightOrigins }: OwnHostParts): OwnHost => {
  const servers = new Set<Server>();
  const echoes = new Set<Duplex>();
  const opened: number[] = [];
  const origins = (): readonly string[] => [`http://${ownName}`, `https://${ownName}`, ...straightOrigins()];

  const onRequest: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    const asked = { method, target: url, host: headers.host, origin: headers.origin };
    // Here the Host can only be the name; its page must not be had under an address of this port.
    const foreign = !new RegExp(`^${ownName}(:\\d+)?$`, 'i').test(headers.host ?? '');
    const isCheck = method === 'GET' && /^\/check(\?|$)/.test(url) && !foreign;
    send(
      request,
      response,
      isCheck ? checkAnswer(files(), asked, origins()) : ownAnswer(files(), foreign ? { ...asked, host: '' } : asked),
    );
  };

  const open = async (server: Server): Promise<number> => {
    server.maxConnections = mostConnections;
    server.on('upgrade', (request, socket, head: Buffer) => {
      echoes.add(socket);
      socket.once('close', () => echoes.delete(socket));
      echoNonce(request, socket, head, origins());
    });
    const port = await listening(server);
    server.on('error', () => {});
    servers.add(server);
    opened.push(port);
    return port;
  };

  const leaf = () => authority.leaf({ host: ownName, recipe: 'good' });
  const openSecure = async (): Promise<number> => {
    const { serverOptions } = await leaf();
    return open(
      createSecureServer(
        {
          ...serverOptions,
          ALPNProtocols: ['http/1.1'],
          // A leaf lives a week, and shakedown may run for longer.
          SNICallback: (_name, done) => void leaf().then(({ secureContext }) => done(null, secureContext), done),
        },
        onRequest,
      ),
    );
  };

  let plainPort: Promise<number> | undefined;
  let securePort: Promise<number> | undefined;
  let trust: SecureContext | undefined;
  return {
    files,
    port: ({ host, port }) => {
      if (host.toLowerCase() !== ownName || (port !== 80 && port !== 443)) return null;
      plainPort ??= port === 80 ? open(createServer(onRequest)) : undefined;
      securePort ??= port === 443 ? openSecure() : undefined;
      return (port === 443 ? securePort : plainPort) ?? null;
    },
    ports: () => opened,
    trust: () => {
      trust ??= createSecureContext({ ca: authority.caPem });
      return trust;
    },
    close: async () => {
      await Promise.all([plainPort, securePort].map((port) => port?.catch(() => {})));
      for (const socket of echoes) socket.destroy();
      await Promise.all(
        [...servers].map((server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
};
