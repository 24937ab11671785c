import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Run {
  readonly args: readonly string[];
  readonly stdin?: string;
  /** Added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Ends the program once its standard output, as far as it goes, satisfies this. */
  readonly enough?: (stdout: string) => boolean;
}

/** Runs a program to its end; one that takes longer is killed, and its code is null then. */
export const runProgram = (command: string, { args, stdin = '', env = {}, timeoutMs, enough }: Run): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe', timeout: timeoutMs, killSignal: 'SIGKILL' });
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
