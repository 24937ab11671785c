import type { Grounds } from '../grounds.js';
import { startApp, startNginx } from '../nginx/support.js';
import type { Issued } from './pki.js';

/** Passes upgrades on to the application. */
export const toApp = (app: number): string =>
  `location / { proxy_pass http://127.0.0.1:${app}; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; proxy_set_header Host $host; }`;

export interface Site {
  /** Path of what is sent to clients, leaf first. */
  readonly cert: string;
  readonly key: string;
  /** Further lines of the server block. */
  readonly more?: string;
  readonly http?: string;
  readonly serverName?: string;
}

/** nginx that ends TLS in front of the application; gives its port. */
export const startTlsNginx = async (grounds: Grounds, { cert, key, more = '', http, serverName = 'localhost' }: Site): Promise<number> => {
  const app = await startApp(grounds);
  return startNginx(grounds, {
    server: ({ port }) =>
      `listen 127.0.0.1:${port} ssl; server_name ${serverName}; ssl_certificate ${cert}; ssl_certificate_key ${key}; ${more} ${toApp(app)}`,
    ...(http !== undefined && { http }),
  });
};

/** stunnel that ends TLS in front of what listens on `to`; gives its port. */
export const startStunnel = async (
  grounds: Grounds,
  { cert, key, to, more = '' }: { readonly cert: string; readonly key: string; readonly to: number; readonly more?: string },
): Promise<number> => {
  const port = await grounds.freePort();
  const lines = [
    'foreground = yes',
    'pid =',
    `output = ${grounds.folder}/stunnel.log`,
    '[wss]',
    `accept = 127.0.0.1:${port}`,
    `connect = 127.0.0.1:${to}`,
    `cert = ${cert}`,
    `key = ${key}`,
    more,
  ];
  await grounds.run(grounds.program('stunnel4'), [grounds.file('stunnel.conf', `${lines.join('\n')}\n`)], { port });
  return port;
};

/** HAProxy that ends TLS in front of the application; gives its port. `bind`: what stands behind the certificate. */
export const startTlsHaproxy = async (
  grounds: Grounds,
  { bundle, bind = '' }: { readonly bundle: Issued['bundle']; readonly bind?: string },
): Promise<number> => {
  const [app, port] = [await startApp(grounds), await grounds.freePort()];
  const path = grounds.file(
    'haproxy.cfg',
    `global
  maxconn 100
defaults
  mode http
  timeout connect 3s
  timeout client 30s
  timeout server 30s
frontend site
  bind 127.0.0.1:${port} ssl crt ${bundle} ${bind}
  default_backend app
backend app
  server one 127.0.0.1:${app}
`,
  );
  await grounds.run(grounds.program('haproxy'), ['-db', '-f', path], { port });
  return port;
};

/** Caddy that ends TLS in front of the application; gives its port. `tls`: what stands behind that word in its site. */
export const startTlsCaddy = async (
  grounds: Grounds,
  { name = 'localhost', tls, handler }: { readonly name?: string; readonly tls: string; readonly handler?: string },
): Promise<number> => {
  const [app, port] = [await startApp(grounds), await grounds.freePort()];
  const path = grounds.file(
    'Caddyfile',
    `{
  admin off
  auto_https disable_redirects
  skip_install_trust
}
https://${name}:${port} {
  bind 127.0.0.1
  tls ${tls}
  ${handler ?? `reverse_proxy 127.0.0.1:${app}`}
}
`,
  );
  const home = { HOME: grounds.folder, XDG_DATA_HOME: `${grounds.folder}/data`, XDG_CONFIG_HOME: `${grounds.folder}/config` };
  await grounds.run(grounds.program('caddy'), ['run', '--adapter', 'caddyfile', '--config', path], { port, env: home });
  return port;
};
