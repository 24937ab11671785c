import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const source = join(import.meta.dirname, 'go-gorilla.go');

/** Go's gorilla/websocket from Debian's package, which no module file names: GOPATH mode. The first run of a machine compiles it. */
export const withGorilla = async (go: string, attempt: Attempt): Promise<Outcome> => {
  const timeoutMs = attempt.timeoutMs ?? defaultTimeoutMs;
  const { url, proxy = '', ca = '', origin = '' } = attempt;
  const stdin = JSON.stringify({ url, proxy, ca, origin, greeting, timeout: timeoutMs / 1000 });
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' };
  const { code, stdout, stderr } = await runProgram(go, { args: ['run', source], stdin, timeoutMs: timeoutMs + 60_000, env });
  if (code === 0) return JSON.parse(stdout);
  return { opened: false, echoed: false, error: stderr.trim().split('\n').at(-1) ?? `exit code ${code}`, closeCode: null };
};
