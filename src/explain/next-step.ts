import { addressIn, hostIn, originIn, targetIn, targetOf } from './targets.js';

/** The one command that would settle it. */
export interface NextStep {
  readonly command: string;
  readonly why: string;
}

/** Where a message stands, and what is known of it. */
export interface Placed {
  readonly from: number;
  readonly to: number;
  /** In the message itself. */
  readonly url: string | null;
  readonly clients: readonly string[];
  /** The most likely one, when there is one. */
  readonly code: string | undefined;
}

const inPage = [
  'Chromium',
  'Firefox',
  'WebKit',
  'Safari',
  'WebKit (older)',
  'SignalR',
  'Vite',
  'webpack-dev-server',
  'SockJS',
  'Paho MQTT',
];
/** They stand at the other end, or in between: there is no program of theirs to start. */
const atTheOtherEnd =
  /\bserver\b|^(?:nginx|Apache|HAProxy|Squid|Traefik|Envoy|Caddy|Cloudflare Tunnel|Go (?:servers|reverse proxies)|AWS|Grafana|Jupyter|Django Channels|Daphne|uvicorn|hypercorn|FastAPI|Starlette)$/;

/** What a handshake of our own would not meet. */
const onlyTheClient = /^(?:frame|client)\.|^origin\.(?:csp-blocked|local-network-access)$/;

export const nextStep = (text: string, { from, to, url, clients, code }: Placed): NextStep => {
  const all = (test: (client: string) => boolean) => clients.length > 0 && clients.every(test);
  const needsClient = code !== undefined && onlyTheClient.test(code);
  const origin = originIn(text);
  const asThePage = origin === null ? '' : ` --origin ${quoted(origin)}`;
  const reached =
    code === 'url.refused' || code === 'url.unreachable'
      ? addressIn(text, from, to)
      : /^url\.dns|^certificate/.test(code ?? '')
        ? hostIn(text, from, to)
        : null;
  const target = targetOf(url) ?? targetIn(text, from, to) ?? reached;
  if (target !== null && !needsClient) {
    return {
      command: `shakedown doctor ${quoted(target)}${asThePage}`,
      why: 'It connects by itself, changes one thing at a time and says which one it is.',
    };
  }
  if (all((client) => atTheOtherEnd.test(client))) {
    return {
      command: `shakedown doctor URL${asThePage}`,
      why: 'Give it the URL that the clients open: it connects as they do, changes one thing at a time and says which one it is.',
    };
  }
  if (all((client) => inPage.includes(client))) {
    return {
      command: 'shakedown open',
      why: 'It starts a browser of its own through the proxy: load the page there and read what crossed the wire.',
    };
  }
  return {
    command: 'shakedown run -- COMMAND',
    why: 'It starts your program through the proxy: what crossed the wire tells more than its message.',
  };
};

/** As a POSIX shell takes it. */
const quoted = (word: string): string => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
