/** What a request line's target names: RFC 9112 section 3.2. */
export type RequestTarget =
  | { readonly form: 'origin'; readonly path: string }
  | {
      readonly form: 'absolute';
      readonly scheme: 'http' | 'https' | 'ws' | 'wss';
      readonly host: string;
      readonly port: number;
      readonly path: string;
    }
  | { readonly form: 'authority'; readonly host: string; readonly port: number }
  | { readonly form: 'bad'; readonly why: string };

const defaultPort = { http: 80, ws: 80, https: 443, wss: 443 } as const;

/** Reads the target; `new URL` would normalise what a debugger must show as it came. */
export const readRequestTarget = (method: string, text: string): RequestTarget => {
  if (method === 'CONNECT') return readAuthority(text);
  if (text.startsWith('/') || text === '*') return { form: 'origin', path: text };
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(text);
  if (!match) return { form: 'bad', why: `the request target ${JSON.stringify(text.slice(0, 100))} is neither a path nor a URL` };
  const scheme = (match[1] ?? '').toLowerCase();
  if (!isScheme(scheme)) return { form: 'bad', why: `the scheme ${scheme} is none of http, https, ws, wss` };
  const place = readAuthority((match[2] ?? '').slice((match[2] ?? '').lastIndexOf('@') + 1), defaultPort[scheme]);
  if (place.form !== 'authority') return place;
  const rest = match[3] ?? '';
  return { form: 'absolute', scheme, host: place.host, port: place.port, path: rest.startsWith('/') ? rest : `/${rest}` };
};

const isScheme = (text: string): text is keyof typeof defaultPort => Object.hasOwn(defaultPort, text);

/** `host:port` with an IPv6 address in brackets (RFC 3986 section 3.2); the port may be left out only where there is a default. */
export const readAuthority = (text: string, fallbackPort?: number): RequestTarget => {
  const match = /^(?:\[([0-9a-f:.]+(?:%[\w.~-]+)?)\]|([^\s:@/?#[\]]+))(?::(\d*))?$/i.exec(text);
  if (!match) return { form: 'bad', why: `${JSON.stringify(text.slice(0, 100))} is no host:port` };
  const port = match[3] ? Number(match[3]) : fallbackPort;
  if (port === undefined) return { form: 'bad', why: `${JSON.stringify(text.slice(0, 100))} names no port` };
  if (port < 1 || port > 65535) return { form: 'bad', why: `the port ${match[3]} is not within 1 to 65535` };
  const host = match[1] ?? match[2] ?? '';
  // Control characters cannot pass a tolerant start line unseen: they would be a bad name anyway.
  if (/[\x00-\x20\x7f]/.test(host) || host.length > 253)
    return { form: 'bad', why: 'the host name has characters that no name has, or is over 253 long' };
  return { form: 'authority', host, port };
};
