import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { environment, program } from './shakedown.js';

export interface RunOptions {
  readonly folder: string;
  readonly flags?: readonly string[];
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly child: ReturnType<typeof start>;
  /** Path of its recording. */
  readonly recording: string;
  /** Resolves when what the command has written to its stdout contains this, or satisfies it. */
  said(wanted: string | ((stdout: string) => boolean)): Promise<void>;
  /** Resolves when this stands on stderr. */
  told(text: string): Promise<void>;
  readonly finished: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly stdout: Buffer;
    readonly stderr: string;
  }>;
}

let runs = 0;
const running = new Set<ReturnType<typeof start>>();

/** Ends what a failed test left behind; call it in afterAll. */
export const endRuns = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

const start = ({ folder, flags = [], command, env = {} }: RunOptions, recording: string) =>
  spawn(process.execPath, [program, 'run', '--record', recording, ...flags, '--', ...command], {
    cwd: folder,
    // The test runner's own children would take their preload from it.
    env: environment(folder, { TMPDIR: folder, ...env }),
    stdio: 'pipe',
  });

/** `shakedown run -- COMMAND` with pipes for stdin, stdout and stderr. */
export const startRun = (options: RunOptions): Running => {
  const recording = join(options.folder, `run-${++runs}.jsonl`);
  const child = start(options, recording);
  running.add(child);
  const chunks: Buffer[] = [];
  let stderr = '';
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return { code: code as number | null, signal: signal as string | null, stdout: Buffer.concat(chunks), stderr };
  });
  const until = (stream: Readable, has: () => boolean, text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => has() && resolve();
      stream.on('data', look);
      look();
      finished.then(() => reject(new Error(`it ended without ${JSON.stringify(text)}: ${stderr}`)));
    });
  const said: Running['said'] = (wanted) => {
    const fits = typeof wanted === 'string' ? (stdout: string) => stdout.includes(wanted) : wanted;
    return until(child.stdout, () => fits(Buffer.concat(chunks).toString('latin1')), String(wanted));
  };
  const told = (text: string) => until(child.stderr, () => stderr.includes(text), text);
  return { child, recording, said, told, finished };
};

/** Runs a command to its end, with an empty stdin. */
export const runToEnd = (options: RunOptions) => {
  const { child, recording, finished } = startRun(options);
  child.stdin.end();
  return finished.then((end) => ({ ...end, stdout: end.stdout.toString(), recording }));
};
