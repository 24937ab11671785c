import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const source = join(import.meta.dirname, 'go-gorilla.go');

const askOf = ({ url, proxy = '', ca = '', origin = '', timeoutMs = defaultTimeoutMs }: Attempt): object => ({
  ...{ url, proxy, ca, origin, greeting },
  timeout: timeoutMs / 1000,
});
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' });

/** Go's gorilla/websocket from Debian's package, which no module file names: GOPATH mode. The first run of a machine compiles it. */
export const withGorilla = async (go: string, attempt: Attempt): Promise<Outcome> => {
  const timeoutMs = attempt.timeoutMs ?? defaultTimeoutMs;
  const stdin = JSON.stringify(askOf(attempt));
  const { code, stdout, stderr } = await runProgram(go, {
    args: ['run', source],
    stdin,
    timeoutMs: timeoutMs + 60_000,
    env: environment(),
  });
  if (code === 0) return JSON.parse(stdout);
  return { opened: false, echoed: false, error: stderr.trim().split('\n').at(-1) ?? `exit code ${code}`, closeCode: null };
};

/** One after the other in one process; in the order of the attempts. */
export const allWithGorilla = async (go: string, attempts: readonly Attempt[]): Promise<readonly Outcome[]> => {
  const stdin = JSON.stringify(attempts.map(askOf));
  const { stdout, stderr } = await runProgram(go, { args: ['run', source], stdin, timeoutMs: 300_000, env: environment() });
  if (stdout === '') throw new Error(`Go: ${stderr}`);
  return JSON.parse(stdout);
};
