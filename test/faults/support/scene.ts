import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions, SecureContextOptions } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import type { Authority } from '../../../src/authority/authority.js';
import { type Shakedown, type ShakedownOptions, startShakedown } from '../../../src/index.js';
import type { Exchange } from '../../../src/model/exchange.js';
import type { Finding } from '../../../src/model/finding.js';
import { throughSocks } from '../../support/clients/socks-connection.js';
import { type EchoOptions, type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { authorities } from './authorities.js';

/** A real conversation in which a fault is to show itself: npm ws, shakedown in this process, and an echo server. */
export interface Scene {
  /** The choice that is armed, instead of the fault's own example. */
  readonly choice?: string | ((at: { readonly port: number; readonly elsewhere: number }) => string);
  /** A server on a port of its own (`elsewhere`) that answers every request so. */
  readonly elsewhere?: { readonly status: number; readonly body: string };
  /** The server wants a client certificate, and shakedown has one. */
  readonly mutual?: true;
  /** The server shows its certificate only to who asks for it by name (SNI), and to others that of another site. */
  readonly byName?: true;
  /** What the server's TLS is bound to. */
  readonly bounds?: Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'> & { readonly ALPNProtocols?: string[] };
  readonly way?: 'tunnel' | 'socks5' | 'reverse';
  readonly secure?: boolean;
  /** Of the client; the server lets in https://app.example only. */
  readonly origin?: string | null;
  readonly server?: Omit<EchoOptions, 'tls'>;
  readonly options?: Omit<ShakedownOptions, 'upstreamCa' | 'port'>;
  /** What the client sends when it is open, in turn. */
  readonly messages?: readonly (string | Buffer)[];
  /** How long the client waits for the echoes before it closes, milliseconds; a fault may take them away. */
  readonly patienceMs?: number;
  /** After how long a client or an exchange that has not ended is taken as it stands, milliseconds. */
  readonly settleMs?: number;
  readonly client?: {
    readonly deflate?: boolean;
    readonly protocols?: readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
    /** What its TLS is held to. */
    readonly tls?: Pick<ConnectionOptions, 'maxVersion' | 'ALPNProtocols' | 'ciphers'>;
  };
  /** Findings to expect, where they are not the fault's own. */
  readonly expects?: readonly string[];
  /** The expected finding need not come first here; say why. */
  readonly besides?: string;
}

export interface Told {
  readonly opened: boolean;
  readonly messages: readonly string[];
  readonly error: string;
  /** Null: it did not close by itself in time. */
  readonly closeCode: number | null;
  readonly closeReason: string;
}

export interface Played {
  readonly client: Told;
  readonly exchange: Exchange;
  readonly findings: readonly Finding[];
  /** What the server had as requests. */
  readonly seen: EchoServer['seen'];
}

export interface Stage extends AsyncDisposable {
  /** What the scene wants armed. */
  readonly choice: string | undefined;
  readonly shakedown: Shakedown;
  readonly server: EchoServer;
  /** `unharmed`: nothing is taken away from the conversation, so that all of it comes, however long a busy machine takes. */
  play(how?: 'unharmed'): Promise<Played>;
}

export const allowedOrigin = 'https://app.example';
const defaultMessages = ['one', 'two', 'three'];
const usualSettleMs = 1500;
const unharmedMs = 20_000;

const until = (milliseconds: number, wanted: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([wanted, over]).finally(() => clearTimeout(timer));
};

const converse = (socket: WebSocket, { messages = defaultMessages, patienceMs = 400, settleMs = usualSettleMs }: Scene): Promise<Told> => {
  const told = { opened: false, messages: [] as string[], error: '', closeCode: null as number | null, closeReason: '' };
  const closed = new Promise<void>((resolve) => {
    socket.on('close', (code, reason) => {
      told.closeCode = code;
      told.closeReason = reason.toString();
      resolve();
    });
  });
  const conversation = new Promise<void>((resolve) => {
    socket.on('open', () => {
      told.opened = true;
      for (const message of messages) socket.send(message);
      void until(
        patienceMs,
        new Promise<void>((done) => socket.on('message', () => told.messages.length >= messages.length && done())),
      ).then(() => {
        socket.close(1000);
        resolve();
      });
    });
    socket.on('message', (data) => told.messages.push(data.toString()));
    socket.on('error', (error) => {
      told.error ||= error.message;
      resolve();
    });
    socket.on('close', () => resolve());
  });
  return until(settleMs + patienceMs, conversation)
    .then(() => until(settleMs, closed))
    .then(() => {
      socket.terminate();
      return { ...told, messages: [...told.messages] };
    });
};

const serverTls = async (origins: Authority, { bounds, mutual, byName }: Scene): Promise<NonNullable<EchoOptions['tls']>> => {
  const { serverOptions, secureContext } = await origins.leaf({ host: 'localhost', recipe: 'good' });
  const other = byName && (await origins.leaf({ host: 'other.example', recipe: 'good' })).serverOptions;
  return {
    ...(other ?? serverOptions),
    ...bounds,
    ...(other && { SNICallback: (name, done) => done(null, name === 'localhost' ? secureContext : undefined) }),
    ...(mutual && { ca: origins.caPem, requestCert: true, rejectUnauthorized: true }),
  };
};

const startElsewhere = async ({ status, body }: NonNullable<Scene['elsewhere']>, tls: EchoOptions['tls'] | null) => {
  const server = tls ? createTlsServer(tls) : createServer();
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
  server.on('upgrade', (_, socket) => socket.on('error', () => socket.destroy()).end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};

/** Starts the peers once; `play` runs one conversation, and gives its exchange when that has ended (or stands still). */
export const openStage = async (scene: Scene = {}): Promise<Stage> => {
  const { secure = true, way = 'tunnel' } = scene;
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-scene-'));
  const all = await authorities();
  const origins = all.origins.authority;
  const upstreamCa = join(all.origins.lay(join(folder, 'origins')), 'ca.pem');
  const { server: serverOptions, options, elsewhere, mutual, choice } = scene;
  const tls = await serverTls(origins, scene);
  const certificate = mutual && origins.clientCertificate('app.example');
  const pem = join(folder, 'client.pem');
  if (certificate) writeFileSync(pem, certificate.certPem + certificate.keyPem);
  const other = elsewhere && (await startElsewhere(elsewhere, secure ? tls : null));
  const server = await startEchoServer({ origins: [allowedOrigin], ...serverOptions, ...(secure && { tls }) });
  const at = server.url.replace('127.0.0.1', 'localhost');
  const shakedown = await startShakedown({
    ...{ seed: 7, upstreamCa, caDir: all.own.lay(join(folder, 'ca')) },
    ...(mutual && { clientCertificates: [{ host: '*', cert: pem, key: null }] }),
    ...options,
    ...(way === 'reverse' && { reverse: at }),
  });
  const ca = readFileSync(shakedown.ca, 'utf8');
  const proxy = new URL(shakedown.proxy);
  const play: Stage['play'] = async (how) => {
    // Who sends nothing waits for nothing: the patience is how long it stays.
    const talks = scene.messages?.length !== 0;
    const times = how === 'unharmed' ? { settleMs: unharmedMs, ...(talks && { patienceMs: unharmedMs }), ...scene } : scene;
    const before = (await shakedown.exchanges()).length;
    const { origin = allowedOrigin, client = {} } = scene;
    const url = way === 'reverse' ? `ws://${proxy.host}/` : at;
    const socket = new WebSocket(url, [...(client.protocols ?? [])], {
      ca,
      ...client.tls,
      perMessageDeflate: client.deflate ? { threshold: 0 } : false,
      headers: { ...client.headers },
      ...(origin === null ? {} : { origin }),
      ...(way === 'tunnel' && { agent: new HttpsProxyAgent(proxy) }),
      ...(way === 'socks5' && {
        createConnection: throughSocks({ host: proxy.hostname, port: Number(proxy.port) }, secure ? { ca } : undefined),
      }),
    });
    const told = await converse(socket, times);
    const detail = async () => {
      const row = (await shakedown.exchanges())[before];
      return row ? shakedown.exchange(row.id) : null;
    };
    const ended = new Promise<void>((resolve) => {
      const stop = shakedown.subscribe((event) => {
        if (event.type !== 'closed') return;
        stop();
        resolve();
      });
      void detail().then((found) => found?.exchange.endedAt && resolve());
    });
    await until(times.settleMs ?? usualSettleMs, ended);
    const found = await detail();
    if (!found) throw new Error('no exchange was recorded');
    return { client: told, exchange: found.exchange, findings: found.findings, seen: server.seen };
  };
  return {
    choice: typeof choice === 'function' ? choice({ port: server.port, elsewhere: other?.port ?? 0 }) : choice,
    shakedown,
    server,
    play,
    [Symbol.asyncDispose]: async () => {
      await shakedown.stop();
      await server.close();
      await other?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
