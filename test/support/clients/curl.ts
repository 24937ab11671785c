import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

export interface CurlOutcome extends Outcome {
  /** Of the answer to the upgrade request; 0 when there was none. */
  readonly status: number;
  /** Of the answer to CONNECT; 0 when there was none. */
  readonly connectStatus: number;
  /** curl's exit code; null after a 101, for then curl waits for more, and is ended. */
  readonly exitCode: number | null;
}

interface CurlAttempt extends Attempt {
  /** CONNECT also for ws:// (`--proxytunnel`); without it curl sends the absolute form. */
  readonly tunnel?: boolean;
}

const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

const hasSwitched = (heads: string): boolean => heads.endsWith('\r\n\r\n') && /^HTTP\/1\.1 101 /m.test(heads);

/** curl before 8.11 knows no ws://, so it sends the upgrade request as plain HTTP and sees how it is answered; it never echoes. */
export const withCurl = async (curl: string, attempt: CurlAttempt): Promise<CurlOutcome> => {
  const { url, proxy, ca, origin, protocols = [], tunnel = false, timeoutMs = defaultTimeoutMs } = attempt;
  const folder = await mkdtemp(join(tmpdir(), 'shakedown-curl-'));
  try {
    const trust = join(folder, 'ca.pem');
    if (ca !== undefined) await writeFile(trust, ca);
    const fields = [
      ...upgrade,
      ...(origin === undefined ? [] : [`Origin: ${origin}`]),
      ...(protocols.length === 0 ? [] : [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`]),
    ];
    const args = [
      ...['--silent', '--show-error', '--http1.1', '--no-buffer', '--max-time', String(timeoutMs / 1000)],
      // Heads go to standard output as they come, also that of the answer to CONNECT.
      ...['--dump-header', '-', '--output', join(folder, 'body'), '--noproxy', proxy === undefined ? '*' : ''],
      ...(proxy === undefined ? [] : ['--proxy', proxy]),
      ...(tunnel ? ['--proxytunnel'] : []),
      ...(ca === undefined ? [] : ['--cacert', trust]),
      ...fields.flatMap((text) => ['--header', text]),
      url.replace(/^ws/, 'http'),
    ];
    const { code, stdout, stderr } = await runProgram(curl, { args, timeoutMs: timeoutMs + 5000, enough: hasSwitched });
    const statuses = [...stdout.matchAll(/^HTTP\/[\d.]+ (\d{3})/gm)].map(([, digits]) => Number(digits));
    const [connectStatus = 0] = proxy !== undefined && (tunnel || url.startsWith('wss:')) ? statuses.splice(0, 1) : [];
    const status = statuses.at(-1) ?? 0;
    const opened = status === 101;
    return { opened, echoed: false, error: opened ? '' : stderr.trim(), closeCode: null, status, connectStatus, exitCode: code };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
