import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const script = join(import.meta.dirname, 'python-websockets.py');

const askOf = ({ url, proxy, ca, origin, protocols = [], timeoutMs = defaultTimeoutMs }: Attempt): object => ({
  ...{ url, protocols, greeting, timeout: timeoutMs / 1000 },
  ...{ proxy: proxy ?? null, ca: ca ?? null, origin: origin ?? null },
});

/** Python's websockets (10.4 in Debian 12). It has no proxy setting: the script opens the CONNECT tunnel itself and passes the socket. */
export const withPythonWebsockets = async (python: string, attempt: Attempt): Promise<Outcome> => {
  const timeoutMs = attempt.timeoutMs ?? defaultTimeoutMs;
  const stdin = JSON.stringify(askOf(attempt));
  const { code, stdout, stderr } = await runProgram(python, { args: [script], stdin, timeoutMs: timeoutMs + 5000 });
  if (code === 0) return JSON.parse(stdout);
  return { opened: false, echoed: false, error: stderr.trim().split('\n').at(-1) ?? `exit code ${code}`, closeCode: null };
};

/** One after the other in one process; in the order of the attempts. */
export const allWithPythonWebsockets = async (python: string, attempts: readonly Attempt[]): Promise<readonly Outcome[]> => {
  const stdin = JSON.stringify(attempts.map(askOf));
  const { stdout, stderr } = await runProgram(python, { args: [script], stdin, timeoutMs: 300_000 });
  if (stdout === '') throw new Error(`Python: ${stderr}`);
  return JSON.parse(stdout);
};
