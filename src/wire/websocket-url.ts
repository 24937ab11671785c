import type { Target } from '../model/target.js';

export interface UrlFlaw {
  readonly code: 'url.malformed' | 'url.scheme-unsupported' | 'url.fragment' | 'url.port-blocked';
  /** What is wrong, as a sentence. */
  readonly text: string;
}

/** A URL as somebody gives it to `new WebSocket`. `target` is null where no client can make anything of it. */
export interface WebSocketUrl {
  readonly target: Target | null;
  /** Of the URL's user part; null without one. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
  readonly flaws: readonly UrlFlaw[];
}

const schemes: Readonly<Record<string, 'ws' | 'wss'>> = { 'ws:': 'ws', 'wss:': 'wss', 'http:': 'ws', 'https:': 'wss' };

/** The ports that browsers connect to for no HTTP and no WebSocket (Fetch, "bad port"). */
const blockedPorts: ReadonlySet<number> = new Set([
  ...[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115,
    117,
  ],
  ...[
    119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
  ],
  ...[
    989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  ],
]);

const flawed = (code: UrlFlaw['code'], text: string): WebSocketUrl => ({ target: null, credentials: null, flaws: [{ code, text }] });

/** Reads a URL as WHATWG says that browsers do, and says where clients part ways. Never throws. */
export const readWebSocketUrl = (text: string): WebSocketUrl => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return flawed('url.malformed', malformedText(text));
  }
  const scheme = schemes[url.protocol];
  if (scheme === undefined) {
    // `localhost:8080` reads as a URL of the scheme localhost.
    const forgotten = /^[a-z0-9.-]+:\d{1,5}(\/|$)/i.test(text);
    const why = forgotten
      ? `it has no scheme: write ws://${text} or wss://${text}`
      : `the scheme ${url.protocol.slice(0, -1)} is not ws or wss`;
    return flawed(forgotten ? 'url.malformed' : 'url.scheme-unsupported', `${JSON.stringify(text)}: ${why}.`);
  }
  if (url.hostname === '') return flawed('url.malformed', `${JSON.stringify(text)} names no host.`);
  const flaws: UrlFlaw[] = [];
  const port = url.port === '' ? (scheme === 'wss' ? 443 : 80) : Number(url.port);
  if (/^https?:$/.test(url.protocol))
    flaws.push({
      code: 'url.scheme-unsupported',
      text: `The scheme is ${url.protocol.slice(0, -1)}: newer browsers and Node take it for ${scheme}, Python, Go, Java and older browsers do not.`,
    });
  if (text.includes('#'))
    flaws.push({ code: 'url.fragment', text: 'The URL has a fragment (#...): browsers, ws, undici and Python refuse it, others drop it.' });
  if (blockedPorts.has(port))
    flaws.push({ code: 'url.port-blocked', text: `Browsers connect to no WebSocket at port ${port} (ERR_UNSAFE_PORT); other clients do.` });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const { username, password } = url;
  return {
    target: { scheme, host, port, path: `${url.pathname}${url.search}` },
    credentials: username === '' && password === '' ? null : { user: decoded(username), password: decoded(password) },
    flaws,
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const malformedText = (text: string): string => {
  const shown = JSON.stringify(text.slice(0, 200));
  const port = /^[a-z]+:\/\/[^/?#]*:([^/?#\]]*)(?:[/?#]|$)/i.exec(text)?.[1];
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65535))
    return `${shown}: the port ${JSON.stringify(port)} is none from 1 to 65535.`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return `${shown}: it has no scheme: write ws:// or wss:// in front of the host.`;
  return `${shown} is no URL.`;
};
