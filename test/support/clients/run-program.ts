import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Run {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** In place of our own environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program once its standard output, as far as it goes, satisfies this. */
  readonly enough?: (stdout: string) => boolean;
}

/** Runs a program to its end; one that takes longer is killed, and its code is null then. */
export const runProgram = (command: string, { args, stdin = '', timeoutMs, env, enough }: Run): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'pipe', timeout: timeoutMs, killSignal: 'SIGKILL', ...(env === undefined ? {} : { env }) });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      if (enough?.(stdout)) child.kill();
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
