import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../src/authority/authority.js';
import { openVault } from '../../src/authority/vault.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { findProgram } from '../support/find.js';
import { freePort } from '../support/free-port.js';
import { testFolder } from './support/folder.js';
import { readRows } from './support/inspect.js';
import { serverAuthority } from './support/server-authority.js';
import { endAll, runCli, startShakedown } from './support/shakedown.js';

// Real servers that let in only clients with a certificate of one CA, and the built program in front of them.
const openssl = findProgram('openssl');
const nginx = findProgram('nginx');
const folder = testFolder();
const clock = { now: () => Date.now() };
const children: ChildProcess[] = [];

let serverCa: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  const { caPath, tls } = await serverAuthority(folder);
  serverCa = caPath;
  writeFileSync(at('server.pem'), tls.cert);
  writeFileSync(at('server.key'), tls.key);
  for (const name of ['staff', 'stranger']) {
    const authority = createAuthority(await openVault({ dir: at(name), clock }), { clock });
    const { certPem, keyPem } = authority.clientCertificate('alice');
    writeFileSync(at(`${name}-ca.pem`), authority.caPem);
    writeFileSync(at(`${name}.pem`), certPem);
    writeFileSync(at(`${name}.key`), keyPem);
  }
});
afterAll(() => {
  endAll();
  for (const child of children) child.kill('SIGKILL');
});

const startOpenssl = async (version: string): Promise<number> => {
  const args = [
    's_server',
    '-accept',
    '127.0.0.1:0',
    '-www',
    version,
    '-Verify',
    '1',
    '-verify_return_error',
    '-CAfile',
    at('staff-ca.pem'),
  ];
  const child = spawn('path' in openssl ? openssl.path : '', [...args, '-cert', at('server.pem'), '-key', at('server.key')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  let said = '';
  for await (const part of child.stdout) {
    said += part;
    const port = /^ACCEPT .*:(\d+)$/m.exec(said)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`openssl s_server ended: ${said}`);
};

/** Resolves when something listens there. */
const listens = async (port: number): Promise<void> => {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const startNginx = async (): Promise<number> => {
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${at(`nginx-${name}`)};`);
  writeFileSync(
    at('nginx.conf'),
    `daemon off; master_process off; pid ${at('nginx.pid')}; error_log ${at('nginx.log')}; events {}
http { access_log off; ${temporary.join(' ')}
  server { listen 127.0.0.1:${port} ssl; ssl_certificate ${at('server.pem')}; ssl_certificate_key ${at('server.key')};
    ssl_verify_client on; ssl_client_certificate ${at('staff-ca.pem')};
    location / { return 404; } } }`,
  );
  children.push(spawn('path' in nginx ? nginx.path : '', ['-c', at('nginx.conf')], { stdio: 'ignore' }));
  await listens(port);
  return port;
};

/** What the first exchange with that server comes to, with these flags. */
const visit = async (port: number, flags: readonly string[]) => {
  const shakedown = await startShakedown(folder, ['--upstream-ca', serverCa, ...flags]);
  const { proxy, ca, recording } = shakedown.ready;
  const outcome = await withNpmWs({ url: `wss://localhost:${port}/chat`, proxy, ca: readFileSync(ca, 'utf8') });
  const { stderr } = await shakedown.stop();
  expect(stderr).toBe('');
  const [row] = await readRows(recording);
  if (!row) throw new Error('nothing was recorded');
  return { outcome, row };
};

const shown = (name: string): readonly string[] => [
  '--client-cert',
  `localhost=${at(`${name}.pem`)}`,
  '--client-key',
  `localhost=${at(`${name}.key`)}`,
];

describe.each([
  { server: 'openssl s_server with TLS 1.3', missing: openssl, start: () => startOpenssl('-tls1_3'), lets: 200 },
  { server: 'openssl s_server with TLS 1.2', missing: openssl, start: () => startOpenssl('-tls1_2'), lets: 200 },
  { server: 'nginx', missing: nginx, start: startNginx, lets: 404 },
])('$server that wants a client certificate', ({ missing, start, lets }) => {
  let port: number;
  beforeAll(async () => {
    if (!('missing' in missing)) port = await start();
  });

  it.skipIf('missing' in missing)('lets the right one in', async () => {
    const { row } = await visit(port, shown('staff'));
    expect(row).toMatchObject({ status: lets, server: { clientCertificate: { subject: 'O=shakedown, CN=alice' } } });
    expect(row.findings.filter(({ code }) => code.startsWith('certificate.'))).toEqual([]);
  });

  it.skipIf('missing' in missing)('refuses one of another CA, and that is found', async () => {
    const { row } = await visit(port, shown('stranger'));
    expect(row.findings[0]).toMatchObject({ code: 'certificate.client-cert-rejected', severity: 'error' });
    expect(row.findings[0]?.evidence.map(({ text }) => text).join('\n')).toContain('client certificate: O=shakedown, CN=alice');
  });

  it.skipIf('missing' in missing)('refuses none, and that is found', async () => {
    const { outcome, row } = await visit(port, []);
    expect(outcome.opened).toBe(false);
    expect(row.findings[0]).toMatchObject({ code: 'certificate.client-cert-required', severity: 'error' });
    expect(row.server).toMatchObject({ clientCertificate: null });
  });
});

describe('flags about TLS that cannot be', () => {
  it.each([
    [['--client-cert', 'missing.pem'], /--client-cert: the file .*missing\.pem cannot be read: ENOENT/],
    [['--client-key', 'a.key'], /--client-key .*a\.key has no certificate/],
    [['--client-cert', 'a.pem', '--client-cert', 'b.pem'], /--client-cert was given twice for every host/],
    [['--server-tls', 'min=2'], /--server-tls: min=2 is no TLS version\.\n {2}min is one of 1\.0, 1\.1, 1\.2, 1\.3/],
    [['--client-tls', 'ciphers=NONSENSE'], /--client-tls: OpenSSL knows no cipher suite by ciphers=NONSENSE/],
    [['--keylog', '.'], /The key log .* cannot be written/],
  ])('%j start nothing', async (flags, said) => {
    const { code, stderr, stdout } = await runCli(folder, ['start', '--port', '0', '--no-ui', ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });
});
