/** A timeout of idle connections as a product comes with it, seconds. From its documentation, where no version stands: those are not run here. */
export interface IdleDefault {
  readonly seconds: number;
  /** As culprits.ts names it, or begins to. */
  readonly product: string;
  /** What it is called there. */
  readonly setting: string;
}

export const idleDefaults: readonly IdleDefault[] = [
  { seconds: 30, product: 'Google front end', setting: 'the timeout of a backend service' },
  { seconds: 50, product: 'HAProxy', setting: 'timeout client and timeout server of the usual example, without timeout tunnel' },
  { seconds: 55, product: 'Heroku', setting: 'the router (H15)' },
  { seconds: 60, product: 'nginx', setting: 'proxy_read_timeout' },
  { seconds: 60, product: 'Apache', setting: 'Timeout, or ProxyTimeout' },
  { seconds: 60, product: 'AWS ALB', setting: 'idle_timeout.timeout_seconds' },
  { seconds: 60, product: 'AWS CloudFront', setting: 'the origin keep-alive timeout' },
  { seconds: 60, product: 'Varnish', setting: 'pipe_timeout' },
  { seconds: 100, product: 'Cloudflare', setting: 'its limit for idle connections' },
  { seconds: 120, product: 'IIS', setting: 'connectionTimeout' },
  { seconds: 180, product: 'Traefik', setting: 'respondingTimeouts.idleTimeout' },
  { seconds: 230, product: 'Azure App Service', setting: 'its load balancer' },
  { seconds: 240, product: 'Azure Load Balancer', setting: 'idle timeout (4 minutes)' },
  { seconds: 300, product: 'Envoy', setting: 'stream_idle_timeout' },
  { seconds: 350, product: 'AWS NLB', setting: 'its idle timeout for TCP' },
  { seconds: 600, product: 'AWS API Gateway', setting: 'the idle timeout of WebSocket APIs' },
  { seconds: 900, product: 'Squid', setting: 'read_timeout' },
];

/** A name in Server of a load balancer that culprits.ts leaves as it is. */
const aliases: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/^awselb/i, 'AWS ALB'],
  [/^openresty/i, 'nginx'],
  [/^Microsoft-IIS/i, 'IIS'],
];

/** The defaults of so many seconds; `brand`, the product that answered, decides where it has one. */
export const defaultsOf = (
  seconds: number,
  brand: string | undefined,
): { readonly own: IdleDefault | undefined; readonly all: readonly IdleDefault[] } => {
  const all = idleDefaults.filter((one) => one.seconds === seconds);
  const name = aliases.find(([pattern]) => brand !== undefined && pattern.test(brand))?.[1] ?? brand ?? '';
  const own = name === '' ? undefined : all.find(({ product }) => name.toLowerCase().startsWith(product.toLowerCase()));
  return { own, all };
};
