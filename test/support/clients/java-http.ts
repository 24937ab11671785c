import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const source = join(import.meta.dirname, 'open-web-socket.java');

/** The WebSocket of java.net.http, from its source: JDK 11 and later compile a single file as they run it. */
export const withJava = async (java: string, attempt: Attempt): Promise<Outcome> => {
  const { url, proxy, ca, timeoutMs = defaultTimeoutMs } = attempt;
  const folder = await mkdtemp(join(tmpdir(), 'shakedown-java-'));
  try {
    const trust = ca === undefined ? '' : join(folder, 'ca.pem');
    if (ca !== undefined) await writeFile(trust, ca);
    const where = proxy === undefined ? null : new URL(proxy);
    const args = [source, url, where?.hostname ?? '', where?.port ?? '', String(timeoutMs), greeting, trust];
    const { stdout, stderr } = await runProgram(java, { args, timeoutMs: timeoutMs * 3 + 10_000 });
    const said = (word: string): string | undefined => new RegExp(`^${word} ?(.*)$`, 'm').exec(stdout)?.[1];
    const closeCode = said('closed');
    return {
      opened: said('opened') !== undefined,
      echoed: said('echoed') !== undefined,
      error: said('error') ?? (stdout === '' ? stderr.trim() : ''),
      closeCode: closeCode === undefined ? null : Number(closeCode),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
