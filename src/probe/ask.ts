import type { Target } from '../model/target.js';

/** One attempt to open a WebSocket, as doctor makes it; an experiment changes one thing of it. */
export interface Ask {
  readonly target: Target & { readonly scheme: 'ws' | 'wss' };
  /** The name in the ClientHello; null: none. */
  readonly sni: string | null;
  /** What the Host field says; null: the target's own. */
  readonly host: string | null;
  readonly origin: string | null;
  readonly protocols: readonly string[];
  /** Value of Sec-WebSocket-Extensions; null: none is offered. */
  readonly extensions: string | null;
  /** False: a plain GET of the same path. */
  readonly upgrade: boolean;
  /** The user's own fields, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null: as the user asked for it. */
  readonly way: Way | null;
}

/**
 * How an attempt leaves, where that is what is changed. `direct`: without the proxy that was given. `old-tls`: with TLS 1.0 and weak suites
 * allowed. `tls-1.2`: with no newer TLS. `http2`: by extended CONNECT (RFC 8441) where the server speaks HTTP/2.
 */
export type Way = 'direct' | 'old-tls' | 'tls-1.2' | 'http2';

/** Fields that are for this server and nobody else. */
const secret = /^(authorization|cookie|proxy-authorization|x-api-key|x-auth-token)$/i;

/** The user's fields without those that must not go to another server, or the same one in the clear. */
export const withoutCredentials = (headers: Ask['headers']): Ask['headers'] => headers.filter(([name]) => !secret.test(name));

/**
 * What may go in the clear, or to another port: nothing that the user said for this server alone. A query and a subprotocol carry tokens, too, and
 * so does a field whose name nobody knows.
 */
export const exposed = (ask: Ask): Ask => ({
  ...ask,
  target: { ...ask.target, path: ask.target.path.replace(/\?.*$/s, '') || '/' },
  headers: [],
  protocols: [],
  host: null,
});

/** The Host field, the scheme's default port left out (RFC 6455 section 4.1). */
export const hostOf = ({ host, target }: Pick<Ask, 'host' | 'target'>): string => {
  if (host !== null) return host;
  const name = target.host.includes(':') ? `[${target.host}]` : target.host;
  const isDefault = target.port === (target.scheme === 'wss' ? 443 : 80);
  return isDefault ? name : `${name}:${target.port}`;
};

/** The Origin of a page of the server itself. */
export const ownOrigin = ({ target }: Pick<Ask, 'target'>): string =>
  `${target.scheme === 'wss' ? 'https' : 'http'}://${hostOf({ host: null, target })}`;

/** The request head, latin1. `key`: 16 bytes in base64; `agent`: what User-Agent says where the user says nothing. */
export const headOf = (ask: Ask, { key, agent }: { readonly key: string; readonly agent: string }): string => {
  const { target, origin, protocols, extensions, upgrade, headers } = ask;
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const fields: (readonly [string, string])[] = [
    ['Host', hostOf(ask)],
    ['User-Agent', agent],
    ...(upgrade
      ? ([
          ['Connection', 'Upgrade'],
          ['Upgrade', 'websocket'],
          ['Sec-WebSocket-Version', '13'],
          ['Sec-WebSocket-Key', key],
        ] as const)
      : ([['Connection', 'close']] as const)),
    ...(upgrade && extensions !== null ? ([['Sec-WebSocket-Extensions', extensions]] as const) : []),
    ...(upgrade && protocols.length > 0 ? ([['Sec-WebSocket-Protocol', protocols.join(', ')]] as const) : []),
    ...(origin !== null ? ([['Origin', origin]] as const) : []),
  ];
  const own = fields.filter(([name]) => !given.has(name.toLowerCase()));
  const lines = [...own, ...headers].map(([name, value]) => `${name}: ${value}`);
  return [`GET ${target.path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
};
