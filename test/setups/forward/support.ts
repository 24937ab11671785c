import { execFileSync } from 'node:child_process';
import type { Grounds } from '../grounds.js';
import { startApp } from '../nginx/support.js';
import { openPki } from '../tls/pki.js';
import { startTlsNginx } from '../tls/support.js';

/** A healthy wss site behind a proxy on the client's side: nginx with TLS in front of npm ws. */
export const startSite = async (grounds: Grounds): Promise<{ readonly url: string; readonly ca: string; readonly port: number }> => {
  const pki = openPki(grounds);
  const site = pki.issue();
  const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
  return { url: `wss://localhost:${port}/chat`, ca: pki.root, port };
};

/** The application without TLS. */
export const startPlainSite = async (grounds: Grounds): Promise<{ readonly url: string; readonly port: number }> => {
  const port = await startApp(grounds);
  return { url: `ws://127.0.0.1:${port}/chat`, port };
};

/** Squid without a cache, with these lines of access rules; gives its port. */
export const startSquid = async (grounds: Grounds, rules: readonly string[] = ['http_access allow all']): Promise<number> => {
  const port = await grounds.freePort();
  const lines = [
    `http_port 127.0.0.1:${port}`,
    'visible_hostname proxy.test',
    'pid_filename none',
    'cache deny all',
    'access_log none',
    'cache_log /dev/null',
    'cache_store_log none',
    'netdb_filename none',
    'pinger_enable off',
    'shutdown_lifetime 0 seconds',
    `coredump_dir ${grounds.folder}`,
    ...rules,
  ];
  await grounds.run(grounds.program('squid'), ['-N', '-f', grounds.file('squid.conf', `${lines.join('\n')}\n`)], { port });
  return port;
};

/** Rules of Squid that let in who has a password, and nobody else. */
export const withPassword = (grounds: Grounds, user: string, password: string): readonly string[] => {
  const hash = execFileSync(grounds.program('openssl'), ['passwd', '-apr1', password], { encoding: 'utf8' }).trim();
  return [
    `auth_param basic program /usr/lib/squid/basic_ncsa_auth ${grounds.file('users', `${user}:${hash}\n`)}`,
    'auth_param basic realm Acme',
    'auth_param basic children 1',
    'acl known proxy_auth REQUIRED',
    'http_access allow known',
    'http_access deny all',
  ];
};

/** Tinyproxy with these further lines; gives its port. */
export const startTinyproxy = async (grounds: Grounds, more: readonly string[] = []): Promise<number> => {
  const port = await grounds.freePort();
  const lines = [`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 600', 'MaxClients 50', 'LogLevel Error', ...more];
  await grounds.run(grounds.program('tinyproxy'), ['-d', '-c', grounds.file('tinyproxy.conf', `${lines.join('\n')}\n`)], { port });
  return port;
};

/** Dante's SOCKS server; `to` is the place that its one rule lets through. Gives its port. */
export const startDante = async (grounds: Grounds, { to = '0.0.0.0/0' }: { readonly to?: string } = {}): Promise<number> => {
  const port = await grounds.freePort();
  const lines = [
    `logoutput: ${grounds.folder}/danted.log`,
    `internal: 127.0.0.1 port = ${port}`,
    'external: lo',
    'socksmethod: none',
    'clientmethod: none',
    'user.unprivileged: nobody',
    'client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }',
    `socks pass { from: 127.0.0.0/8 to: ${to} }`,
  ];
  const path = grounds.file('danted.conf', `${lines.join('\n')}\n`);
  await grounds.run(grounds.program('danted'), ['-f', path, '-p', `${grounds.folder}/danted.pid`, '-N', '1'], { port });
  return port;
};
