import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const script = join(import.meta.dirname, 'python-websockets.py');

/** Python's websockets (10.4 in Debian 12). It has no proxy setting: the script opens the CONNECT tunnel itself and passes the socket. */
export const withPythonWebsockets = async (python: string, attempt: Attempt): Promise<Outcome> => {
  const timeoutMs = attempt.timeoutMs ?? defaultTimeoutMs;
  const { url, proxy = null, ca = null, origin = null, protocols = [] } = attempt;
  const stdin = JSON.stringify({ url, proxy, ca, origin, protocols, greeting, timeout: timeoutMs / 1000 });
  const { code, stdout, stderr } = await runProgram(python, { args: [script], stdin, timeoutMs: timeoutMs + 5000 });
  if (code === 0) return JSON.parse(stdout);
  return { opened: false, echoed: false, error: stderr.trim().split('\n').at(-1) ?? `exit code ${code}`, closeCode: null };
};
