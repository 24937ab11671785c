import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { didOpen, outcomeText } from '../diagnosis/trials/trial.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding } from '../model/finding.js';
import { statusLine } from '../model/head.js';
import { Problem } from '../model/problem.js';
import type { Ask, Way } from '../probe/ask.js';
import type { ProbeWorld } from '../probe/attempt.js';
import { type Investigation, investigate } from '../probe/investigate.js';
import { type Step, stepsOf } from '../probe/steps.js';
import { loopbackOnly } from '../proxy/access/access.js';
import { noLimits, plainTls, type TlsLimits } from '../proxy/tls-options.js';
import { readWebSocketUrl } from '../wire/websocket-url.js';
import { type Engine, startEngine } from './engine.js';
import { hidesNothing } from './hiding.js';
import { unbounded } from './options.js';
import { version } from './version.js';
import { parseWayOut } from './way-out.js';

export interface DoctorOptions {
  readonly url: string;
  readonly origin: string | null;
  readonly protocols: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** URL of a proxy; null: none. */
  readonly proxy: string | null;
  /** Path of a PEM file with further CAs. */
  readonly ca: string | null;
  readonly insecure: boolean;
  /** Speak HTTP/2 where the server does (RFC 8441). */
  readonly http2: boolean;
  /** For everything, milliseconds. */
  readonly timeoutMs: number;
  /** How long an open WebSocket is watched, milliseconds. */
  readonly holdMs: number;
}

/** One experiment, for a report. */
export interface ReportedTrial {
  readonly change: string;
  readonly title: string;
  readonly opened: boolean;
  /** 0: no answer. */
  readonly status: number;
  readonly outcome: string;
  readonly ms: number;
}

export interface DoctorReport {
  readonly url: string;
  /** A WebSocket opened and stayed healthy. */
  readonly ok: boolean;
  /** Of the final answer; 0: there was none. */
  readonly status: number;
  readonly findings: readonly Finding[];
  readonly steps: readonly Step[];
  readonly trials: readonly ReportedTrial[];
}

/** What can be told while doctor is at work. */
export type DoctorNews =
  | { readonly type: 'began'; readonly title: string | null }
  | { readonly type: 'ended'; readonly title: string | null; readonly outcome: string; readonly steps: readonly Step[] };

/** Connects by itself and finds out what is wrong. Rejects with a Problem (SHK_USAGE) for a URL that no client can use. */
export const doctor = async (options: DoctorOptions, news: (news: DoctorNews) => void = () => {}): Promise<DoctorReport> => {
  const { url, timeoutMs, holdMs } = options;
  const beganMs = performance.now();
  const read = readWebSocketUrl(url);
  const { target } = read;
  if (!target) throw new Problem('SHK_USAGE', read.flaws[0]?.text ?? 'This is no URL.', 'Example: shakedown doctor wss://app.example/chat');
  const ask: Ask = {
    target: { ...target, scheme: target.scheme === 'wss' ? 'wss' : 'ws' },
    sni: target.host,
    host: null,
    origin: options.origin,
    protocols: options.protocols,
    extensions: 'permessage-deflate; client_max_window_bits',
    upgrade: true,
    headers: options.headers,
    way: null,
  };
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-doctor-'));
  const engines: Engine[] = [];
  const worlds = new Map<Way | null, Promise<Engine>>();
  /** The engine of a way is started when it is first gone. */
  const open = async (way: Way | null): Promise<ProbeWorld> => {
    const known = worlds.get(way) ?? startEngine(engineOptions(options, { way, folder }));
    worlds.set(way, known);
    const engine = await known;
    if (!engines.includes(engine)) engines.push(engine);
    return worldOf(engine);
  };
  try {
    const { diagnose } = await import('../diagnosis/diagnose.js');
    const found = await investigate(
      ask,
      { timeoutMs: Math.max(1000, Math.round(timeoutMs - (performance.now() - beganMs))), holdMs },
      {
        world: open,
        findingsOf: diagnose,
        agent: `shakedown/${version}`,
        now: () => performance.now(),
        progress: {
          began: (title) => news({ type: 'began', title }),
          ended: (title, exchange) => news({ type: 'ended', title, outcome: outcomeText(exchange), steps: stepsOf(exchange, { holdMs }) }),
          enters: () => {},
        },
      },
    );
    return reportOf(url, found, holdMs);
  } finally {
    await inTime(Promise.all(engines.map(({ control }) => control.stop())), partingMs);
    rmSync(folder, { recursive: true, force: true });
  }
};

/** How long what hangs may take to notice that it was given up, milliseconds. */
const partingMs = 300;

/** Waits for it, but not for ever: a dial that is not answered cannot be taken back. */
const inTime = (work: Promise<unknown>, ms: number): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  return Promise.race([
    work,
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]).finally(() => clearTimeout(timer));
};

const worldOf = ({ world, peek, control }: Engine): ProbeWorld => ({
  ...world,
  giveUp: async (localPort) => {
    const exchange = peek(localPort);
    if (!exchange) return null;
    const over = world.exchangeByPort(localPort).catch(() => null);
    if (exchange.endedAt === null) await control.kill(exchange.id);
    await inTime(over, partingMs);
    return exchange;
  },
});

/** What ways change of the server leg's TLS. With TLS 1.0 goes SHA-1, which OpenSSL takes from security level 0 only. */
const limitsOf: Partial<Record<Way, TlsLimits>> = {
  'old-tls': { ...noLimits, min: '1.0', ciphers: 'ALL:@SECLEVEL=0' },
  'tls-1.2': { ...noLimits, max: '1.2' },
};

const engineOptions = (
  { ca, insecure, http2, proxy }: DoctorOptions,
  { way, folder }: { readonly way: Way | null; readonly folder: string },
): Parameters<typeof startEngine>[0] => ({
  host: '127.0.0.1',
  port: 0,
  reverse: [],
  keepHost: false,
  faults: [],
  seed: 1,
  record: { type: 'memory' },
  bounds: unbounded,
  insecure: insecure ? ['*'] : [],
  upstreamCa: ca === null ? null : resolve(ca),
  http2: http2 || way === 'http2' ? 'force' : 'off',
  lenient: true,
  hiding: hidesNothing,
  access: loopbackOnly,
  out: parseWayOut({ upstreamProxy: way === 'direct' ? undefined : (proxy ?? undefined) }),
  tls: { ...plainTls, server: (way && limitsOf[way]) ?? plainTls.server },
  caDir: join(folder, 'ca'),
  dataFolder: folder,
});

const statusOf = ({ heads }: Exchange): number => (heads.serverSent ? statusLine(heads.serverSent).status : 0);

const reportOf = (url: string, { first, findings, trials }: Investigation, holdMs: number): DoctorReport => {
  const steps = stepsOf(first, { holdMs });
  const healthy = didOpen(first) && findings.every(({ severity }) => severity !== 'error');
  return {
    url,
    ok: healthy && steps.every(({ step, ok }) => ok || step === 'ping' || step === 'close' || step === 'tls'),
    status: statusOf(first),
    findings,
    steps,
    trials: trials.map(({ id, title, exchange, ms }) => ({
      change: id,
      title,
      opened: didOpen(exchange),
      status: statusOf(exchange),
      outcome: outcomeText(exchange),
      ms: Math.round(ms),
    })),
  };
};
