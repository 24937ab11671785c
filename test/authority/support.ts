import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { type Authority, createAuthority, type ServerOptions } from '../../src/authority/authority.js';
import { chainOfSocket } from '../../src/authority/certificate-facts.js';
import { openVault } from '../../src/authority/vault.js';
import type { CertificateFacts } from '../../src/model/tls-facts.js';

export const clock = { now: () => Date.now() };
export const host = 'app.test';

const run = promisify(execFile);

/** What a program prints on both outputs and its exit code; null when it is not installed. */
export const ask = async (command: string, args: readonly string[]): Promise<{ readonly out: string; readonly code: number } | null> => {
  try {
    const { stdout, stderr } = await run(command, [...args], { timeout: 15_000 });
    return { out: stdout + stderr, code: 0 };
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as { code: unknown; stdout?: string; stderr?: string };
    return code === 'ENOENT' ? null : { out: `${stdout ?? ''}${stderr ?? ''}`, code: Number(code) };
  }
};

export const temporaryFolder = async (): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'shakedown-authority-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

export const newAuthority = async (dir: string): Promise<Authority> => createAuthority(await openVault({ dir, clock }), { clock });

/** A TLS server on loopback that answers everything with a small HTTP response, for as long as the visit lasts. */
export const serving = async <T>(options: ServerOptions, visit: (port: number) => Promise<T>): Promise<T> => {
  const server = tls.createServer(options, (socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await visit((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
};

export interface Visit {
  readonly error: string | null;
  readonly chain: readonly CertificateFacts[];
}

/** What a Node client that trusts these authorities makes of the server: the code of its refusal, or null. */
export const visitAs = ({ port, trusts, name = host }: { port: number; trusts: readonly string[]; name?: string }): Promise<Visit> =>
  new Promise((resolve, reject) => {
    // Node 24's default level is 2 and refuses RSA-1024; the recipes speak of level 1, that of Node 20 and 22.
    const ciphers = `${tls.DEFAULT_CIPHERS}:@SECLEVEL=1`;
    const socket = tls.connect({ port, host: '127.0.0.1', servername: name, ca: [...trusts], ciphers, rejectUnauthorized: false });
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      const said: unknown = socket.authorizationError;
      resolve({ error: said ? String(said) : null, chain: chainOfSocket(socket) });
      socket.destroy();
    });
  });
