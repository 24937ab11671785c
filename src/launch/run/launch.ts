import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { codeOf, sentenceOf } from '../../model/problem.js';
import type { Environment } from './environment.js';

/** How a command ended, in the way of a shell: its own code, 128 + n for signal n, 126 and 127 when it never started. */
export type CommandEnd =
  | { readonly type: 'exit'; readonly code: number }
  | { readonly type: 'signal'; readonly code: number; readonly signal: NodeJS.Signals }
  | { readonly type: 'not-started'; readonly code: 126 | 127; readonly sentence: string };

export interface Launched {
  /** Absent when the command could not be started. */
  readonly pid: number | undefined;
  readonly ended: Promise<CommandEnd>;
  signal(name: NodeJS.Signals): void;
}

/** Starts the command in our own process group, with our own stdin, stdout and stderr. */
export const launch = (command: readonly [string, ...string[]], env: Environment): Launched => {
  const [program, ...args] = command;
  let child: ChildProcess;
  try {
    child = spawn(program, args, { stdio: 'inherit', env });
  } catch (thrown) {
    // An empty name or a NUL in an argument is refused at once.
    return { pid: undefined, ended: Promise.resolve(notStarted(program, thrown)), signal: () => {} };
  }
  const ended = new Promise<CommandEnd>((resolve) => {
    child.once('error', (error) => child.pid === undefined && resolve(notStarted(program, error)));
    child.once('exit', (code, signal) => {
      if (signal === null) resolve({ type: 'exit', code: code ?? 1 });
      else resolve({ type: 'signal', signal, code: 128 + constants.signals[signal] });
    });
  });
  return { pid: child.pid, ended, signal: (name) => void child.kill(name) };
};

const notStarted = (program: string, error: unknown): CommandEnd & { readonly type: 'not-started' } => {
  const code = codeOf(error);
  const shown = JSON.stringify(program);
  if (code === 'ENOENT' && !(program.includes('/') && exists(program))) {
    const where = program.includes('/') ? 'There is no such file' : 'It is in no folder of PATH';
    return { type: 'not-started', code: 127, sentence: `The command ${shown} was not found. ${where}.` };
  }
  return { type: 'not-started', code: 126, sentence: `The command ${shown} cannot be run: ${reasons[code] ?? sentenceOf(error)}.` };
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it is no file that this user may execute',
  // The file is there, so that what is missing is what its first line names.
  ENOENT: 'the interpreter that its first line names is not there',
  ENOEXEC: 'it is no program of this system; a script needs a first line such as #!/bin/sh',
};

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
