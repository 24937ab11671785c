import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const source = join(import.meta.dirname, 'gorilla.go');
/** Where Debian's golang-github-gorilla-websocket-dev puts it. */
const packages = '/usr/share/gocode';

export const hasGorilla = (): boolean => existsSync(join(packages, 'src/github.com/gorilla/websocket'));

/** Compiles the client once; resolves with the program's path. */
export const buildGorilla = async (go: string, folder: string): Promise<string> => {
  const program = join(folder, 'gorilla');
  const env = { GO111MODULE: 'off', GOPATH: packages, GOCACHE: join(folder, 'go-cache'), GOFLAGS: '', GOTOOLCHAIN: 'local' };
  const { code, stderr } = await runProgram(go, { args: ['build', '-o', program, source], env, timeoutMs: 180_000 });
  if (code !== 0) throw new Error(`go build ended with ${code}: ${stderr}`);
  return program;
};

/** Go's gorilla/websocket by its own proxy setting (CONNECT). */
export const withGorilla = async (program: string, attempt: Attempt): Promise<Outcome> => {
  const timeoutMs = attempt.timeoutMs ?? defaultTimeoutMs;
  const { url, proxy = '', ca = '', origin = '', protocols = [] } = attempt;
  const stdin = JSON.stringify({ url, proxy, ca, origin, protocols, greeting, timeout: timeoutMs / 1000 });
  const { code, stdout, stderr } = await runProgram(program, { args: [], stdin, timeoutMs: timeoutMs + 5000 });
  return code === 0 ? JSON.parse(stdout) : { opened: false, echoed: false, error: stderr.trim(), closeCode: null };
};
