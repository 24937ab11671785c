// Loaded by `NODE_OPTIONS=--require` before every Node program that the command starts, worker threads included.
// Whatever goes wrong here, the command goes on as it would without shakedown; nothing is ever printed.
import fs = require('node:fs');
import http = require('node:http');
import https = require('node:https');
import Module = require('node:module');
import net = require('node:net');
import tls = require('node:tls');

import type { Opened, Place } from './tunnel-types.cjs';

import tunnel = require('./tunnel.cjs');
import undici = require('./undici.cjs');

interface Options extends Record<string, unknown> {
  readonly host?: string | null;
  readonly hostname?: string | null;
  readonly port?: string | number | null;
  readonly socketPath?: string | null;
  readonly headers?: unknown;
  readonly agent?: unknown;
  readonly createConnection?: unknown;
}
type Created = (error: Error | null, socket?: net.Socket) => void;
type CreateConnection = (this: unknown, options: Options, done?: Created) => net.Socket | undefined;

const mostNotes = 20;
const originals = { netConnect: net.connect as unknown as CreateConnection, tlsConnect: tls.connect as unknown as CreateConnection };

/** The proxy as shakedown named it; null where there is none, and then nothing is changed. */
const proxyOf = (text: string | undefined): Place | null => {
  if (!text) return null;
  const { hostname, port } = new URL(text);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
};

const install = (proxy: Place): void => {
  const isProxy = (host: string, port: number): boolean =>
    port === proxy.port && [proxy.host, 'localhost', '127.0.0.1', '::1'].indexOf(host) !== -1;
  const placeOf = (options: Options, secure: boolean): Place => ({
    host: String(options.host || options.hostname || 'localhost').replace(/^\[|\]$/g, ''),
    port: Number(options.port) || (secure ? 443 : 80),
  });
  const open = (to: Place, done: (opened: Opened) => void): void => tunnel.openTunnel(proxy, to, done);

  /** A connection of http's own making, TLS on top where `secure`, by way of shakedown; `direct` is the function that stands in its place without us. */
  const through = (direct: CreateConnection, secure: boolean): CreateConnection => {
    const ours: CreateConnection = function (this: unknown, options, done) {
      const straight = (): net.Socket | undefined => direct.call(this, options, done);
      if (typeof options !== 'object' || options === null || typeof done !== 'function' || options.socketPath) return straight();
      const { createConnection } = this as { readonly createConnection?: unknown };
      // A class that puts its own method before this one (agentkeepalive) wants a socket back at once.
      if (createConnection !== ours) return straight();
      const to = placeOf(options, secure);
      if (isProxy(to.host, to.port)) return straight();
      open(to, (opened) => {
        try {
          if (opened.type === 'refused') return done(opened.error);
          if (opened.type === 'open' && !secure) return done(null, opened.socket);
          const created = opened.type === 'open' ? direct.call(this, { ...options, socket: opened.socket }, done) : straight();
          if (created) done(null, created);
        } catch (error) {
          done(error as Error);
        }
      });
      return undefined;
    };
    return ours;
  };
  const httpAgent = http.Agent.prototype as unknown as { createConnection: CreateConnection };
  const httpsAgent = https.Agent.prototype as unknown as { createConnection: CreateConnection };
  httpAgent.createConnection = through(httpAgent.createConnection, false);
  httpsAgent.createConnection = through(httpsAgent.createConnection, true);

  // NODE_USE_ENV_PROXY makes Node 22.21 and 24.5 send plain http in absolute form, so that a server which is not there answers 502: CONNECT keeps
  // the error that the command would get without us, and the request line.
  for (const module of [http, https] as { globalAgent: http.Agent; readonly Agent: typeof http.Agent }[]) {
    const { options } = module.globalAgent as unknown as { readonly options: http.AgentOptions & { readonly proxyEnv?: unknown } };
    const { proxyEnv, ...settings } = options;
    if (proxyEnv) module.globalAgent = new module.Agent(settings);
  }

  /** The tunnel that the next net.connect or tls.connect of a client's own createConnection is to take. */
  let waiting: { readonly socket: net.Socket; taken: boolean } | null = null;
  const take = (): net.Socket | null => {
    if (waiting === null || waiting.taken) return null;
    waiting.taken = true;
    return waiting.socket;
  };
  const netModule = net as unknown as { connect: CreateConnection; createConnection: CreateConnection };
  netModule.connect = netModule.createConnection = function (this: unknown, ...args) {
    return take() || originals.netConnect.apply(this, args);
  };
  (tls as unknown as { connect: CreateConnection }).connect = function (this: unknown, ...args) {
    const [options] = args;
    const socket = typeof options === 'object' && options !== null && !options.socket ? take() : null;
    return socket ? originals.tlsConnect.call(this, { ...options, socket }) : originals.tlsConnect.apply(this, args);
  };

  /** `ws` brings a createConnection of its own, which Node's agents and environment never reach. It is called as it is, and finds the tunnel in place of TCP. */
  const tunnelled = (own: CreateConnection, secure: boolean): CreateConnection =>
    function (this: unknown, options, done) {
      const to = placeOf(options, secure);
      if (typeof done !== 'function' || options.socketPath || isProxy(to.host, to.port)) return own.call(this, options, done);
      open(to, (opened) => {
        if (opened.type === 'refused') return done(opened.error);
        waiting = opened.type === 'open' ? { socket: opened.socket, taken: false } : null;
        try {
          const created = own.call(this, options, done);
          if (created) done(null, created);
        } catch (error) {
          done(error as Error);
        }
        // It went a way of its own.
        if (waiting !== null && !waiting.taken) waiting.socket.destroy();
        waiting = null;
      });
      return undefined;
    };

  let notes = 0;
  const note = (what: Readonly<Record<string, unknown>>): void => {
    const path = process.env.SHAKEDOWN_NOTES;
    if (!path || notes++ >= mostNotes) return;
    fs.appendFileSync(path, `${JSON.stringify({ pid: process.pid, ...what })}\n`);
  };
  const noteAgent = (options: Options, secure: boolean): void => {
    const agent = options.agent as { readonly createConnection?: unknown; readonly proxy?: unknown } | null | undefined;
    if (typeof agent !== 'object' || agent === null) return;
    if (agent.createConnection === httpAgent.createConnection || agent.createConnection === httpsAgent.createConnection) return;
    // An HttpsProxyAgent made from the environment leads to shakedown all the same.
    const own = agent.proxy as { readonly port?: unknown } | null | undefined;
    if (own && Number(own.port) === proxy.port) return;
    note({ what: 'agent', agent: agent.constructor.name, ...placeOf(options, secure) });
  };

  const changed = (args: readonly unknown[], secure: boolean): unknown[] => {
    const at = typeof args[0] === 'string' || args[0] instanceof URL ? 1 : 0;
    const options = args[at] as Options | null | undefined;
    if (typeof options !== 'object' || options === null) return [...args];
    const url = at === 1 ? new URL(String(args[0])) : null;
    noteAgent(url ? { ...options, host: url.hostname, port: url.port } : options, secure);
    const own = options.createConnection;
    if (typeof own !== 'function' || (options.agent !== undefined && options.agent !== null) || !isUpgrade(options.headers))
      return [...args];
    const copy = Object.assign(Object.create(Object.getPrototypeOf(options)), options, {
      createConnection: tunnelled(own as CreateConnection, secure),
    });
    return args.map((arg, index) => (index === at ? copy : arg));
  };
  for (const [module, secure] of [
    [http, false],
    [https, true],
  ] as const) {
    const requests = module as unknown as Record<'request' | 'get', (...args: unknown[]) => http.ClientRequest>;
    for (const name of ['request', 'get'] as const) {
      const plain = requests[name];
      requests[name] = function (this: unknown, ...args) {
        let better = args;
        try {
          better = changed(args, secure);
        } catch {
          // As it was, then.
        }
        return plain.apply(this, better);
      };
    }
  }
  undici.installUndici(open);
  Module.syncBuiltinESMExports();
};

const isUpgrade = (headers: unknown): boolean => {
  if (typeof headers !== 'object' || headers === null) return false;
  return Object.entries(headers).some(([name, value]) => name.toLowerCase() === 'upgrade' && /websocket/i.test(String(value)));
};

/** NODE_USE_ENV_PROXY makes Node 22 warn of an experimental agent on the command's stderr, once, in the first tick. */
const hushFirstTick = (): void => {
  const emit = process.emit;
  const quiet = function (this: NodeJS.Process, ...args: unknown[]): boolean {
    const [name, warning] = args as [unknown, { readonly code?: unknown } | undefined];
    if (name === 'warning' && warning && warning.code === 'UNDICI-EHPA') return false;
    return (emit as (...all: unknown[]) => boolean).apply(this, args);
  } as typeof process.emit;
  process.emit = quiet;
  setImmediate(() => {
    if (process.emit === quiet) process.emit = emit;
  }).unref();
};

try {
  const proxy = proxyOf(process.env.SHAKEDOWN_PROXY);
  if (proxy) {
    hushFirstTick();
    install(proxy);
  }
} catch {
  // Half of it may be in place, and each half is sound by itself.
}
