/** Where a client wants to go. */
export interface Target {
  /** `ws` and `http` are plain, `wss` and `https` are TLS; `tcp` while it is not yet known what will be spoken. */
  readonly scheme: 'ws' | 'wss' | 'http' | 'https' | 'tcp';
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query as on the request line; `''` while unknown. */
  readonly path: string;
}

const defaultPorts: Record<Target['scheme'], number> = { ws: 80, http: 80, wss: 443, https: 443, tcp: 0 };

/** `host:port` with brackets around an IPv6 address. */
export const authorityOf = (target: Pick<Target, 'host' | 'port'>): string =>
  `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;

/** The URL of a target, the scheme's default port left out. */
export const urlOf = (target: Target): string => {
  const authority = authorityOf(target);
  const shown = target.port === defaultPorts[target.scheme] ? authority.slice(0, authority.lastIndexOf(':')) : authority;
  return `${target.scheme}://${shown}${target.path}`;
};
