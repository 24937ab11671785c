import { afterAll, describe, expect, it } from 'vitest';
import { readHead, send, silence, startRawServer, until, wait } from '../support/raw-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli } from './support/shakedown.js';
import { unansweredPort } from './support/silent-servers.js';

const folder = testFolder();
const certificate = testCertificate();
afterAll(endAll);

const ask = async (...args: readonly string[]) => {
  const { code, stdout } = await runCli(folder, ['doctor', ...args, '--json']);
  return { code, report: JSON.parse(stdout) };
};
const codesOf = (report: { findings: readonly { code: string; severity: string }[] }) =>
  report.findings.map(({ code, severity }) => `${severity} ${code}`);

describe('the time that doctor is given', { timeout: 60_000 }, () => {
  const within = async (url: string, seconds: number) => {
    const beganMs = performance.now();
    const { code, report } = await ask(url, '--timeout', `${seconds}`);
    const tookMs = performance.now() - beganMs;
    expect(code).toBe(1);
    // The process itself takes its time to start on a machine that is busy with other tests; what is counted is doctor's own.
    expect(report.ms).toBeLessThan(seconds * 1000);
    expect(tookMs).toBeLessThan(seconds * 1000 + 6000);
    return report;
  };

  it('is kept where a server accepts and says nothing', async () => {
    await using server = await startRawServer([silence]);
    const report = await within(`ws://127.0.0.1:${server.port}/`, 3);
    expect(codesOf(report)[0]).toBe('error server.slow');
    expect(report.steps.at(-1)).toMatchObject({ step: 'upgrade', ok: false, about: 'no answer' });
    expect(report.steps.at(-1).ms).toBeGreaterThan(300);
  });

  it('is kept where the TLS handshake is not answered', async () => {
    await using server = await startRawServer([silence]);
    const report = await within(`wss://127.0.0.1:${server.port}/`, 3);
    expect(codesOf(report)[0]).toBe('error tls.handshake-timeout');
    expect(report.steps.at(-1)).toMatchObject({ step: 'tls', ok: false });
  });

  it('is kept where TLS is done, and the answer never comes', async () => {
    await using server = await startRawServer([silence], certificate);
    const beganMs = performance.now();
    const { report } = await ask(`wss://127.0.0.1:${server.port}/`, '--insecure', '--timeout', '3');
    expect(performance.now() - beganMs).toBeLessThan(9000);
    expect(codesOf(report)[0]).toBe('error server.slow');
  });

  it('is kept where the head comes byte by byte', async () => {
    let going = true;
    const byte = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
    const trickle = Array.from({ length: 400 }, () => [wait(() => (going ? byte() : Promise.reject(new Error('over')))), send('a')]).flat();
    await using server = await startRawServer([readHead, send('HTTP/1.1 101 OK\r\nX: '), ...trickle]);
    const report = await within(`ws://127.0.0.1:${server.port}/`, 3);
    going = false;
    expect(codesOf(report)[0]).toBe('error server.slow');
  });

  it('is kept where a proxy takes CONNECT and says nothing', async () => {
    await using proxy = await startRawServer([until((received) => received.includes('\r\n\r\n')), silence]);
    const { code, report } = await ask('ws://app.example/chat', '--proxy', `http://u:hunter22@127.0.0.1:${proxy.port}`, '--timeout', '3');
    expect(code).toBe(1);
    expect(report.ms).toBeLessThan(3000);
    expect(report.findings[0]).toMatchObject({ cause: 'intermediary', severity: 'error' });
    expect(report.asked.proxy).toBe(`http://127.0.0.1:${proxy.port}`);
    expect(JSON.stringify(report)).not.toContain('hunter22');
  });

  it('is kept where not even the SYN is answered', async (context) => {
    const dropped = await unansweredPort();
    if (!dropped) return context.skip('the queue of a listening socket cannot be filled here');
    const report = await within(`ws://127.0.0.1:${dropped.port}/`, 3).finally(dropped.close);
    expect(codesOf(report)[0]).toBe('error url.unreachable');
    expect(report.steps.at(-1)).toMatchObject({ step: 'tcp', ok: false, about: '127.0.0.1 (ETIMEDOUT)' });
  });
});
