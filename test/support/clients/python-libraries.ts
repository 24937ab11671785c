import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const script = join(import.meta.dirname, 'python-libraries.py');

/** Python's websocket-client (CONNECT) or aiohttp (absolute form with the scheme ws), each by its own proxy setting. */
export const withPythonLibrary = async (python: string, library: 'websocket' | 'aiohttp', attempt: Attempt): Promise<Outcome> => {
  const timeoutMs = attempt.timeoutMs ?? defaultTimeoutMs;
  const { url, proxy = null, ca = null, origin = null, protocols = [] } = attempt;
  const stdin = JSON.stringify({ library, url, proxy, ca, origin, protocols, greeting, timeout: timeoutMs / 1000 });
  const { code, stdout, stderr } = await runProgram(python, { args: [script], stdin, timeoutMs: timeoutMs + 5000 });
  if (code === 0) return JSON.parse(stdout);
  return { opened: false, echoed: false, error: stderr.trim().split('\n').at(-1) ?? `exit code ${code}`, closeCode: null };
};
