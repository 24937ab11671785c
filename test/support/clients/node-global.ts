import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const script = join(import.meta.dirname, 'node-global.mjs');

/** Node's global WebSocket in a process of its own: its proxy and CA are those of undici's global dispatcher. */
export const withNodeGlobal = async (attempt: Attempt): Promise<Outcome> => {
  const { url, proxy = null, ca = null, origin = null, protocols = [], timeoutMs = defaultTimeoutMs } = attempt;
  const ask = JSON.stringify({ url, proxy, ca, origin, protocols, greeting, timeoutMs });
  // Node 20 has the global behind this flag; later ones take the flag and do not need it.
  const args = ['--experimental-websocket', '--no-warnings', script, ask];
  const { code, stdout, stderr } = await runProgram(process.execPath, { args, timeoutMs: timeoutMs + 5000 });
  if (code === 0) return JSON.parse(stdout);
  return { opened: false, echoed: false, error: stderr.trim() || `exit code ${code}`, closeCode: null };
};
