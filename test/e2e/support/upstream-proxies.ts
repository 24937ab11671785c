import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';

/** A real proxy of another program, on a free loopback port. */
export interface RealProxy extends AsyncDisposable {
  readonly port: number;
  /** SIGSTOP: it takes connections (the system does) and says nothing. */
  pause(): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface ProxyRules {
  /** Basic credentials that it wants. */
  readonly user?: { readonly name: string; readonly password: string };
  /** The only port to which CONNECT is let through; without it every one. */
  readonly onlyPort?: number;
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const listening = async (port: number, child: ChildProcess, output: () => string): Promise<void> => {
  const last = Date.now() + 20_000;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > last) throw new Error(`the proxy did not start: ${output()}`);
    // Nothing tells when another program listens.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};

const run = async (program: string, args: readonly string[], port: number): Promise<RealProxy> => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = `${output}${chunk}`.slice(-2000)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Dante has children; they are in the group of the process that we started.
  const signal = (name: 'SIGKILL' | 'SIGSTOP'): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  };
  const kill = async (): Promise<void> => {
    signal('SIGKILL');
    if (child.pid !== undefined) await gone;
  };
  try {
    await listening(port, child, () => output);
  } catch (error) {
    await kill();
    throw error;
  }
  return { port, pause: () => signal('SIGSTOP'), kill, [Symbol.asyncDispose]: kill };
};

let proxies = 0;
/** A proxy that is started by root lets go of its rights, and must still read its files. */
const ownFolder = (folder: string): string => {
  const own = join(folder, `proxy-${++proxies}`);
  mkdirSync(own);
  for (const path of [folder, own]) chmodSync(path, 0o755);
  return own;
};

/** Squid, without a cache. */
export const startSquid = async (program: string, folder: string, { user, onlyPort }: ProxyRules = {}): Promise<RealProxy> => {
  const [own, port] = [ownFolder(folder), await freePort()];
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
    `coredump_dir ${own}`,
    ...(onlyPort === undefined ? [] : [`acl allowed port ${onlyPort}`, 'acl tunnel method CONNECT', 'http_access deny tunnel !allowed']),
  ];
  if (user) {
    const hash = execFileSync('openssl', ['passwd', '-apr1', user.password], { encoding: 'utf8' }).trim();
    writeFileSync(join(own, 'users'), `${user.name}:${hash}\n`);
    lines.push(`auth_param basic program /usr/lib/squid/basic_ncsa_auth ${join(own, 'users')}`, 'auth_param basic realm shakedown');
    lines.push('auth_param basic children 1', 'acl known proxy_auth REQUIRED', 'http_access allow known', 'http_access deny all');
  } else lines.push('http_access allow all');
  writeFileSync(join(own, 'squid.conf'), `${lines.join('\n')}\n`);
  return run(program, ['-N', '-f', join(own, 'squid.conf')], port);
};

/** Tinyproxy. */
export const startTinyproxy = async (program: string, folder: string, { user, onlyPort }: ProxyRules = {}): Promise<RealProxy> => {
  const [own, port] = [ownFolder(folder), await freePort()];
  const lines = [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Timeout 600',
    'MaxClients 50',
    'LogLevel Error',
    ...(user ? [`BasicAuth ${user.name} ${user.password}`] : []),
    ...(onlyPort === undefined ? [] : [`ConnectPort ${onlyPort}`]),
  ];
  writeFileSync(join(own, 'tinyproxy.conf'), `${lines.join('\n')}\n`);
  return run(program, ['-d', '-c', join(own, 'tinyproxy.conf')], port);
};

/** Dante's SOCKS server, without authentication: its other methods ask the users of the system. */
export const startDante = async (program: string, folder: string, { onlyPort }: ProxyRules = {}): Promise<RealProxy> => {
  const [own, port] = [ownFolder(folder), await freePort()];
  const places = onlyPort === undefined ? 'to: 0.0.0.0/0' : `to: 0.0.0.0/0 port = ${onlyPort}`;
  const lines = [
    `logoutput: ${join(own, 'log')}`,
    `internal: 127.0.0.1 port = ${port}`,
    'external: lo',
    'socksmethod: none',
    'clientmethod: none',
    'user.unprivileged: nobody',
    'client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }',
    `socks pass { from: 127.0.0.0/8 ${places} }`,
  ];
  writeFileSync(join(own, 'danted.conf'), `${lines.join('\n')}\n`);
  return run(program, ['-f', join(own, 'danted.conf'), '-p', join(own, 'pid'), '-N', '1'], port);
};
