import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../support/find.js';
import { freePort } from '../support/free-port.js';

/** Where one set-up lives: a folder, ports, processes. All of it goes with it. */
export interface Grounds extends AsyncDisposable {
  /** World-readable: daemons started by root let go of their rights. */
  readonly folder: string;
  freePort(): Promise<number>;
  /** Writes a file in the folder; gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Path of a Debian program; throws when it is not here (`needs` should have said so). */
  program(name: string): string;
  /** Starts a program in the foreground and waits until it listens on `port` (0: does not wait). */
  run(
    program: string,
    args: readonly string[],
    at: { readonly port: number; readonly env?: Readonly<Record<string, string>> },
  ): Promise<ChildProcess>;
  /** What is to happen at the end, last first. */
  atEnd(end: () => unknown): void;
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const startMs = 20_000;

export const openGrounds = (): Grounds => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-setup-'));
  chmodSync(folder, 0o755);
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const run: Grounds['run'] = async (program, args, { port, env = {} }) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = `${output}${chunk}`.slice(-2000)));
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
    ends.push(async () => {
      // Daemons have children; they are in the group of the process that we started.
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
      if (child.pid !== undefined) await gone;
    });
    const last = Date.now() + startMs;
    while (port !== 0 && !(await accepts(port))) {
      if (child.exitCode !== null || Date.now() > last) throw new Error(`${program} did not start: ${output}`);
      // Nothing tells when another program listens.
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    return child;
  };
  return {
    folder,
    freePort,
    file: (name, content) => {
      const path = join(folder, name);
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    program: (name) => {
      const found = findProgram(name);
      if ('path' in found) return found.path;
      throw new Error(found.missing);
    },
    run,
    atEnd: (end) => void ends.push(end),
    [Symbol.asyncDispose]: async () => {
      for (const end of ends.reverse()) await end();
    },
  };
};
