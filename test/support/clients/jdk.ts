import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const source = join(import.meta.dirname, 'jdk-client.java');

/** The WebSocket of java.net.http (JDK 11 and later) by its HttpClient's proxy (CONNECT). It compiles itself first, which takes a second or two. */
export const withJdk = async (java: string, { url, proxy = '', ca = '', timeoutMs = defaultTimeoutMs }: Attempt): Promise<Outcome> => {
  const args = [source, url, proxy, ca, greeting, String(Math.ceil(timeoutMs / 1000))];
  const { code, stdout, stderr } = await runProgram(java, { args, timeoutMs: timeoutMs + 30_000 });
  if (code !== 0) return { opened: false, echoed: false, error: stderr.trim(), closeCode: null };
  const [opened, echoed, error = ''] = stdout.split('\n');
  return { opened: opened === 'true', echoed: echoed === 'true', error, closeCode: echoed === 'true' ? 1000 : null };
};
