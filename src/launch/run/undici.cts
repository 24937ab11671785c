import Module = require('node:module');
import net = require('node:net');
import tls = require('node:tls');

import type { Opened, Place } from './tunnel-types.cjs';

/** Node's own fetch and WebSocket, and the npm package undici, take their connections from here. */
const key = Symbol.for('undici.globalDispatcher.1');

interface ConnectOptions {
  readonly hostname: string;
  readonly protocol: string;
  readonly port?: string | number | null;
  readonly servername?: string | null;
}
type Connected = (error: Error | null, socket: net.Socket | null) => void;
type Connector = (options: ConnectOptions, callback: Connected) => void;
interface AgentClass {
  new (options: { readonly connect: Connector }): object;
}
interface Undici {
  readonly Agent: AgentClass;
  getGlobalDispatcher(): object;
  setGlobalDispatcher(dispatcher: object): void;
}

type Open = (to: Place, done: (opened: Opened) => void) => void;

const connectorOf =
  (open: Open): Connector =>
  (options, callback) => {
    const secure = options.protocol === 'https:';
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port) || (secure ? 443 : 80);
    const onSocket = (socket: net.Socket): void => {
      if (!secure) {
        callback(null, socket);
        return;
      }
      const servername = options.servername || (net.isIP(host) ? '' : host);
      const secured = tls.connect({ socket, servername, host, ALPNProtocols: ['http/1.1'] });
      secured.once('error', (error) => callback(error, null));
      secured.once('secureConnect', () => callback(null, secured));
    };
    open({ host, port }, (opened) => {
      if (opened.type === 'open') onSocket(opened.socket);
      else if (opened.type === 'refused') callback(opened.error, null);
      else {
        const direct = net.connect({ host, port });
        direct.once('error', (error) => callback(error, null));
        direct.once('connect', () => onSocket(direct));
      }
    });
  };

/** Whether nobody has chosen a dispatcher yet: undici's own default is a plain Agent. */
const isDefault = (dispatcher: object | undefined): dispatcher is object =>
  dispatcher !== undefined && dispatcher.constructor.name === 'Agent';

/**
 * Sends undici through shakedown where Node does not do it itself (NODE_USE_ENV_PROXY has no effect on 20). Loads nothing before the command
 * asks for it. A dispatcher that the command sets or names stays its own.
 */
const installUndici = (open: Open): void => {
  const connect = connectorOf(open);
  const globals = globalThis as unknown as Record<PropertyKey, object | undefined>;

  let prepared = false;
  const prepare = (): void => {
    if (prepared) return;
    prepared = true;
    // Loads Node's undici, and with it the default dispatcher.
    void globals.Headers;
    const current = globals[key];
    if (isDefault(current)) globals[key] = new (current.constructor as AgentClass)({ connect });
  };
  for (const name of ['fetch', 'WebSocket', 'EventSource']) {
    const plain = Object.getOwnPropertyDescriptor(globalThis, name);
    if (plain === undefined || plain.configurable !== true) continue;
    const restore = (): void => void Object.defineProperty(globalThis, name, plain);
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable: plain.enumerable === true,
      get: () => {
        restore();
        try {
          prepare();
        } catch {
          // Direct, then.
        }
        return globals[name];
      },
      set: (value) => {
        restore();
        globals[name] = value;
      },
    });
  }

  const loader = Module as unknown as { _load(this: unknown, request: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  const seen = new WeakSet<object>();
  loader._load = function (request, ...rest) {
    const exports = load.call(this, request, ...rest);
    try {
      if (typeof request === 'string' && /undici(?:[\\/]index(?:\.js)?)?$/.test(request)) adopt(exports as Partial<Undici> | null);
    } catch {
      // Direct, then.
    }
    return exports;
  };
  const adopt = (exports: Partial<Undici> | null): void => {
    if (typeof exports !== 'object' || exports === null || seen.has(exports)) return;
    const { Agent, getGlobalDispatcher, setGlobalDispatcher } = exports;
    if (!Agent || !getGlobalDispatcher || !setGlobalDispatcher) return;
    seen.add(exports);
    // Node's own, adopted before: undici would share that one, and so it may.
    if (prepared || !isDefault(getGlobalDispatcher())) return;
    setGlobalDispatcher(new Agent({ connect }));
  };
};

export = { installUndici };
