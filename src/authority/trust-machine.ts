import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Problem, sentenceOf } from '../model/problem.js';
import { shellWord } from './client-setup.js';
import type { Command, StoreCertificate, StoreFacts, TrustStore } from './trust-stores.js';

/** A store that waits for a password or a dialogue of its own must not hold a question up for ever. */
const probeMs = 10_000;

const inPath = (name: string): boolean =>
  // Debian's root programs are in folders that a user's PATH does not have.
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** This machine. HOME comes first, as it does for the programs that read the stores. */
export const machineFacts = (): StoreFacts => ({
  platform: process.platform,
  home: homedir(),
  exists: existsSync,
  program: inPath,
});

export const isRoot = (): boolean => process.getuid?.() === 0;

/** What a store has to know of a certificate. */
export const storeCertificate = (path: string, certPem: string): StoreCertificate => {
  const { fingerprint256, fingerprint, subject } = new X509Certificate(certPem);
  const plain = (hex: string): string => hex.replaceAll(':', '').toLowerCase();
  return { path, sha256: plain(fingerprint256), sha1: plain(fingerprint), commonName: /^CN=(.*)$/m.exec(subject)?.[1] ?? '' };
};

/** A command as one would type it. */
export const commandLine = (command: Command): string => command.map(shellWord).join(' ');

const env = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter) });

const exitOf = ([program, ...args]: Command, options: { readonly loud: boolean; readonly timeout?: number }): Promise<number | Error> =>
  new Promise((resolve) => {
    // stdout is for what our own command prints.
    const child = spawn(program, args, {
      env: env(),
      stdio: options.loud ? ['inherit', 2, 'inherit'] : 'ignore',
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    child.once('error', resolve);
    child.once('close', (code) => resolve(code ?? -1));
  });

/** Runs them one after the other, and shows what they say. Throws a Problem SHK_STORE at the first that fails. */
export const runCommands = async (commands: readonly Command[]): Promise<void> => {
  for (const command of commands) {
    const exit = await exitOf(command, { loud: true });
    if (exit === 0) continue;
    const why = exit instanceof Error ? sentenceOf(exit) : `it ended with ${exit}`;
    throw new Problem(
      'SHK_STORE',
      `${commandLine(command)} failed: ${why}.`,
      'What it printed says more. The commands before it were carried out.',
    );
  }
};

/** Whether the certificate is in the store. A file with other contents under its name is another certificate. */
export const isInstalled = async (store: TrustStore, certificate: StoreCertificate, facts: StoreFacts): Promise<boolean> => {
  const probe = store.probe(certificate, facts);
  if ('command' in probe) return (await exitOf(probe.command, { loud: false, timeout: probeMs })) === 0;
  try {
    return storeCertificate(probe.file, readFileSync(probe.file, 'utf8')).sha256 === certificate.sha256;
  } catch {
    return false;
  }
};
