import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { plainTls, type TlsOptions } from '../../../src/proxy/tls-options.js';
import { type EchoOptions, type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { call } from './caller.js';
import { within } from './deadline.js';
import { type House, reverseTo, startHouse } from './house.js';

/** Servers of one authority, and proxies with options about TLS in front of them. */
export interface TlsGround extends AsyncDisposable {
  /** A proxy without options, whose servers these are. */
  readonly house: House;
  /** For files; it goes with the ground. */
  readonly folder: string;
  /** A proxy with these options, for one visit. */
  withTls<T>(tls: Partial<TlsOptions>, visit: (home: House) => Promise<T>, reverse?: number): Promise<T>;
  /** An echo server with a sound certificate. */
  serving(more?: Omit<NonNullable<EchoOptions['tls']>, 'key' | 'cert'>, host?: string): Promise<EchoServer>;
}

export const tlsGround = async (): Promise<TlsGround> => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-tls-'));
  const house = await startHouse();
  return {
    house,
    folder,
    withTls: async (tls, visit, reverse) => {
      await using home = await startHouse({
        tls: { ...plainTls, ...tls },
        upstreamCa: house.origins.caPath,
        reverse: reverse === undefined ? [] : reverseTo(reverse, 'wss'),
      });
      return await visit(home);
    },
    serving: async (more = {}, host = 'localhost') => {
      const { serverOptions } = await house.origins.leaf({ host, recipe: 'good' });
      return startEchoServer({ tls: { ...serverOptions, ...more } });
    },
    [Symbol.asyncDispose]: async () => {
      await house[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A TLS client through CONNECT: what was agreed, or the code of its failure. */
export const meet = async (home: House, port: number, options: ConnectionOptions = {}) => {
  const { raw, localPort } = await call({ way: 'connect', proxyPort: home.port, originPort: port });
  const lines: Buffer[] = [];
  const stream = tlsConnect({ socket: raw, host: '127.0.0.1', servername: 'localhost', ca: home.ca, ...options });
  stream.on('keylog', (line) => lines.push(line));
  stream.on('end', () => stream.end());
  const met = await new Promise<{ version: string | null; cipher: string; alpn: string | false | null; error: string }>((resolve) => {
    stream.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ version: null, cipher: '', alpn: null, error: error.code ?? error.message }),
    );
    stream.on('secureConnect', () =>
      resolve({ version: stream.getProtocol(), cipher: stream.getCipher().name, alpn: stream.alpnProtocol, error: '' }),
    );
  });
  stream.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await within(new Promise((resolve) => (stream.closed ? resolve(0) : stream.once('close', resolve).resume())), () => 'TLS does not close');
  const [exchange] = await within(home.exchanges(localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return { ...met, exchange, lines };
};
