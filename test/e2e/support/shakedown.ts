import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program: what users run, so it is what these tests run. */
export const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** The environment of a child: its data folder is in the test's own folder, and nothing of the developer's shell colours the output. */
export const environment = (folder: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => {
  const { NO_COLOR: _, FORCE_COLOR: __, NODE_OPTIONS: ___, ...rest } = process.env;
  return { ...rest, HOME: folder, XDG_DATA_HOME: join(folder, 'data'), ...more };
};

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess & { readonly pid: number };
  readonly finished: Promise<Finished>;
}

const running = new Set<ChildProcess>();

/** Ends what a failed test left behind; call it in afterAll. */
export const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/** Starts the program in the test's folder; `through` is a program that runs another one, in place of Node. */
export const spawnCli = (
  folder: string,
  args: readonly string[],
  { through = process.execPath, ...env }: Readonly<Record<string, string>> = {},
): RunningCli => {
  const child = spawn(through, [program, ...args], {
    cwd: folder,
    env: environment(folder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const finished = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, stdout, stderr };
  });
  if (child.pid === undefined) throw new Error('the program could not be started');
  return { child: child as RunningCli['child'], finished };
};

/** Runs the program to its end. */
export const runCli = (folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
  spawnCli(folder, args, env).finished;

export interface Ready {
  readonly proxy: string;
  readonly control: string | null;
  readonly token: string | null;
  readonly ca: string;
  readonly recording: string | null;
  readonly pid: number;
}

export interface Shakedown extends RunningCli {
  readonly ready: Ready;
  readonly readyFile: string;
  /** Ctrl-C. */
  stop(): Promise<Finished>;
}

let started = 0;

/** `shakedown start` on a free port, once it listens. Every instance of a folder shares one authority. */
export const startShakedown = async (
  folder: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Shakedown> => {
  const name = `shakedown-${++started}`;
  const readyFile = join(folder, `${name}.ready.json`);
  const recording = args.some((word) => /^--(no-)?record$/.test(word)) ? [] : ['--record', join(folder, `${name}.jsonl`)];
  // Many run beside each other, and one port is nobody's.
  const control = args.some((word) => /^--(no-)?control$/.test(word)) ? [] : ['--control', '0'];
  const appeared = appearance(readyFile);
  const cli = spawnCli(folder, ['start', '--port', '0', '--no-ui', '--ready-file', readyFile, ...recording, ...control, ...args], env);
  const failed = cli.finished.then(({ code, stderr }) => {
    throw new Error(`start ended with ${code}: ${stderr}`);
  });
  await Promise.race([appeared.seen, failed]).finally(appeared.stop);
  failed.catch(() => {});
  const stop = () => {
    cli.child.kill('SIGINT');
    return cli.finished;
  };
  return { ...cli, ready: JSON.parse(readFileSync(readyFile, 'utf8')), readyFile, stop };
};

const appearance = (path: string) => {
  let tell = () => {};
  const seen = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const look = () => existsSync(path) && tell();
  const watcher = watch(dirname(path), (_event, name) => {
    if (name === null || name === basename(path)) look();
  });
  look();
  return { seen, stop: () => watcher.close() };
};
