import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const built = new URL('../../../dist/views/report/html-report.js', import.meta.url);

/** Runs in a process with a heap of 64 MiB: 60,000 exchanges of 256 KiB in all their heads, then one of 200,000 messages of 16 KiB. */
const program = `
const { htmlReport } = await import(${JSON.stringify(String(built))});
const leg = (side) => ({ side, peer: null, timings: {}, bytesIn: 0, bytesOut: 0 });
const tally = { frames: 0, messages: 0, pings: 0, pongs: 0, bytes: 0, close: null, defects: [], firstBytes: '' };
const exchange = (id, size, messages) => ({
  id, connection: 1, startedAt: '2026-01-31T12:00:00.000000Z', endedAt: null, kind: 'websocket', entrance: null, door: { request: '', reply: '' },
  target: { scheme: 'ws', host: 'h', port: 80, path: '/' + 'p'.repeat(1000) }, client: leg('client'), server: null, upstream: null, dialFailure: null, dialAttempts: [],
  resolveOverride: [], mirrored: null, heads: { clientSent: { raw: Buffer.alloc(size, 'h').toString('latin1'), startLine: '', headers: [], defects: [] }, serverGot: null, serverSent: null, clientGot: null },
  informational: [], notAHead: {}, status: 0, body: '', applied: [], faultFailures: [], refusal: null, lostBytes: 0, marks: { open: 1, lastByte: 1, closed: 1 },
  frames: { fromClient: { ...tally, messages }, fromServer: tally }, outcome: 'closed',
});
const at = '2026-01-31T12:00:01.000000Z';
async function* talk() {
  for (let n = 0; n < 20000; n++) yield Array.from({ length: 10 }, () => {
    const bytes = Buffer.alloc(16384, '{"a":[1,2,3]}');
    return { at, message: { from: 'client', type: 'text', bytes, length: bytes.length, wireBytes: 16390, frames: 1, cut: false, compressed: false } };
  });
}
async function* many() {
  for (let n = 0; n < 60000; n++) yield { exchange: exchange('e' + n, n < 3000 ? 65536 : 200, 0), findings: [], messages: async function* () {}, chunks: async function* () {} };
}
async function* one() {
  yield { exchange: exchange('talk', 100, 200000), findings: [], messages: talk, chunks: async function* () {} };
}
let written = 0;
for (const source of [many, one])
  for await (const part of htmlReport.write(source(), { shakedown: '0', recording: 'r', startedAt: at, redaction: null })) written += part.length;
console.log(JSON.stringify({ written, rss: process.memoryUsage().rss }));
`;

test.skipIf(!existsSync(built))(
  'a report of 60,000 exchanges and one of 3 GiB of messages are written in a heap of 64 MiB',
  () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=64', '--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 110_000,
    });
    expect(stderr).toBe('');
    const { written, rss } = JSON.parse(stdout) as { written: number; rss: number };
    expect(written).toBeGreaterThan(8_000_000);
    expect(rss).toBeLessThan(300 * 1024 * 1024);
  },
  120_000,
);
