import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

const source = join(import.meta.dirname, 'open-web-socket.java');

/** The WebSocket of java.net.http, from its source: JDK 11 and later compile a single file as they run it. */
export const withJava = async (java: string, { url, ...how }: Attempt): Promise<Outcome> => {
  const [outcome] = await allWithJava(java, [url], how);
  if (!outcome) throw new Error('Java told nothing');
  return outcome;
};

/** One after the other in one process; in the order of the URLs. */
export const allWithJava = async (java: string, urls: readonly string[], how: Omit<Attempt, 'url'>): Promise<readonly Outcome[]> => {
  const { proxy, ca, timeoutMs = defaultTimeoutMs } = how;
  const folder = await mkdtemp(join(tmpdir(), 'shakedown-java-'));
  try {
    const trust = ca === undefined ? '' : join(folder, 'ca.pem');
    if (ca !== undefined) await writeFile(trust, ca);
    const where = proxy === undefined ? null : new URL(proxy);
    const args = [source, urls.join(' '), where?.hostname ?? '', where?.port ?? '', String(timeoutMs), greeting, trust];
    const { stdout, stderr } = await runProgram(java, { args, timeoutMs: timeoutMs * 3 + 300_000 });
    const parts = stdout.split(/^---$/m);
    return urls.map((_, index) => outcomeOf(parts[index] ?? '', stderr));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const outcomeOf = (text: string, stderr: string): Outcome => {
  const said = (word: string): string | undefined => new RegExp(`^${word} ?(.*)$`, 'm').exec(text)?.[1];
  const closeCode = said('closed');
  return {
    opened: said('opened') !== undefined,
    echoed: said('echoed') !== undefined,
    error: said('error') ?? (text.trim() === '' ? stderr.trim() : ''),
    closeCode: closeCode === undefined ? null : Number(closeCode),
  };
};
