import { join } from 'node:path';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import { doctor } from '../../src/control/doctor.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { startShakedown } from '../../src/index.js';
import type { Finding } from '../../src/model/finding.js';
import { readExchanges } from '../../src/recording/exchanges.js';
import { openGrounds } from './grounds.js';
import type { Asking, Setup } from './setup.js';

/** What was said of one set-up. */
export interface Judged {
  readonly id: string;
  readonly title: string;
  readonly cause: Setup['cause'];
  readonly codes: readonly string[];
  readonly doctor: {
    readonly ok: boolean;
    readonly status: number;
    readonly first: string | null;
    readonly errors: readonly string[];
    readonly ms: number;
  };
  /** Null: the set-up cannot be asked through the live proxy. */
  readonly live: { readonly first: string | null; readonly errors: readonly string[] } | null;
  /** What the recording of the live exchange says: null, or codes. */
  readonly recorded: readonly string[] | null;
  readonly mended: boolean | null;
}

const errorsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

const ask = async (asking: Asking, holdMs: number) => {
  const beganMs = performance.now();
  const report = await doctor({
    url: asking.url,
    origin: asking.origin ?? null,
    protocols: asking.protocols ?? [],
    headers: Object.entries(asking.headers ?? {}),
    proxy: asking.proxy ?? null,
    ca: asking.ca ?? null,
    insecure: false,
    http2: false,
    timeoutMs: 10_000,
    holdMs,
  });
  return { report, ms: Math.round(performance.now() - beganMs) };
};

/** How long the live client waits, milliseconds: longer than a server may be slow, as clients do. */
const patienceMs = 6000;

/** npm ws through the live proxy: opens, waits a while, closes. */
const live = async (asking: Asking, { folder, holdMs }: { readonly folder: string; readonly holdMs: number }) => {
  const record = join(folder, 'live.jsonl');
  await using shakedown = await startShakedown({
    port: 0,
    record,
    caDir: join(folder, 'live-ca'),
    ...(asking.proxy !== undefined && { upstreamProxy: asking.proxy }),
    ...(asking.ca !== undefined && { upstreamCa: asking.ca }),
  });
  const { readFileSync } = await import('node:fs');
  // The patience of ws begins when the agent has connected: a proxy that never answers CONNECT is left by this.
  const leave = new AbortController();
  const patience = setTimeout(() => leave.abort(), patienceMs);
  const agent = new HttpsProxyAgent(shakedown.proxy, { signal: leave.signal });
  const { hostname } = new URL(asking.url);
  await new Promise<void>((resolve) => {
    const socket = new WebSocket(asking.url, [...(asking.protocols ?? [])], {
      agent,
      // What ws hands on to the agent, which speaks TLS to the server itself; of an address it checks whether the certificate is for `localhost`.
      ca: readFileSync(shakedown.ca),
      checkServerIdentity: ((_: string, shown: PeerCertificate) => checkServerIdentity(hostname, shown)) as never,
      headers: { ...asking.headers },
      ...(asking.origin !== undefined && { origin: asking.origin }),
      handshakeTimeout: patienceMs,
    });
    socket.on('error', () => {});
    socket.on('open', () => {
      clearTimeout(patience);
      setTimeout(() => socket.close(1000), holdMs);
    });
    socket.on('close', () => resolve());
  });
  clearTimeout(patience);
  // A server that never ends its half keeps the exchange open for 10 s more.
  await shakedown.waitFor('', { ended: true, timeoutMs: 30_000 });
  const [row] = await shakedown.exchanges();
  const findings = row ? ((await shakedown.exchange(row.id))?.findings ?? []) : [];
  await shakedown.stop();
  const recorded: Finding[] = [];
  for await (const { exchange } of readExchanges(record)) recorded.push(...diagnose(exchange));
  return { findings, recorded };
};

export const judge = async (setup: Setup): Promise<Judged> => {
  const { id, title, cause, codes, holdMs = 300 } = setup;
  await using grounds = openGrounds();
  const asking = await setup.start(grounds);
  const { report, ms } = await ask(asking, holdMs);
  const seen = setup.doctorOnly === undefined ? await live(asking, { folder: grounds.folder, holdMs }) : null;
  let mended: boolean | null = null;
  if (setup.mended) {
    await using other = openGrounds();
    mended = (await ask(await setup.mended(other), holdMs)).report.ok;
  }
  const errors = errorsOf(report.findings);
  return {
    ...{ id, title, cause, codes },
    doctor: { ok: report.ok, status: report.status, first: errors[0] ?? null, errors, ms },
    live: seen && { first: errorsOf(seen.findings)[0] ?? null, errors: errorsOf(seen.findings) },
    recorded: seen && errorsOf(seen.recorded),
    mended,
  };
};
