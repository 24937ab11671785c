import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { judgeUrl } from '../diagnosis/judge-url.js';
import { outcomeText } from '../diagnosis/trials/trial.js';
import type { Finding } from '../model/finding.js';
import { Problem } from '../model/problem.js';
import { upstreamUrl } from '../model/upstream.js';
import { type Ask, secretsOf, type Way } from '../probe/ask.js';
import { investigate } from '../probe/investigate.js';
import type { Stage } from '../probe/listener.js';
import { loopbackOnly } from '../proxy/access/access.js';
import { noLimits, plainTls, type TlsLimits } from '../proxy/tls-options.js';
import { basicCredentials, readProxyUrl } from '../wire/proxy-url.js';
import { readWebSocketUrl } from '../wire/websocket-url.js';
import { clientsOf, type DoctorReport, reportOf, without } from './doctor-report.js';
import { hidesNothing } from './hiding.js';
import { type EngineOptions, unbounded } from './options.js';
import { type Probing, startProbing } from './probe-world.js';
import { version } from './version.js';
import { parseWayOut } from './way-out.js';

export type { Asked, DoctorReport, ReportedTrial } from './doctor-report.js';

/** What doctor is to ask for; everything but the URL can be left out. */
export interface DoctorOptions {
  /** `wss://app.example/chat`; a user and a password in it are sent as Basic credentials, to that server only. */
  readonly url: string;
  /** The Origin of the page, as a browser sends it; none by default. */
  readonly origin?: string | null;
  /** Subprotocols to offer. */
  readonly protocols?: readonly string[];
  /** Further fields of the request; one that doctor would send itself takes its place. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** URL of a proxy to go through (http, https, socks5), credentials in it. */
  readonly proxy?: string | null;
  /** Path of a PEM file with further CAs. */
  readonly ca?: string | null;
  /** Go on with a certificate that does not verify; it is still a finding. */
  readonly insecure?: boolean;
  /** Speak HTTP/2 where the server does (RFC 8441). */
  readonly http2?: boolean;
  /** For everything, milliseconds; 10 s by default, and more where `holdMs` asks for it. */
  readonly timeoutMs?: number;
  /** How long an open WebSocket is watched, milliseconds; 1500 by default, less where `timeoutMs` is short. */
  readonly holdMs?: number;
  /** Ends it at once: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What can be told while doctor is at work. `title`: what the attempt has changed; null: it is the first one, as it was asked for. */
export type DoctorNews =
  | { readonly type: 'began'; readonly title: string | null }
  | { readonly type: 'stage'; readonly stage: Stage }
  | { readonly type: 'ended'; readonly title: string | null; readonly outcome: string };

const usualMs = { timeout: 10_000, hold: 1500 };
/** What everything beside the watching may take, milliseconds. */
const besideMs = usualMs.timeout - usualMs.hold;

/** The two times, each as it follows from the other where it was not given. Throws a Problem (SHK_USAGE) when they do not fit. */
export const timesOf = ({ timeoutMs, holdMs }: Pick<DoctorOptions, 'timeoutMs' | 'holdMs'>): { timeoutMs: number; holdMs: number } => {
  const hold = holdMs ?? Math.min(usualMs.hold, Math.round((timeoutMs ?? usualMs.timeout) / 4));
  const timeout = timeoutMs ?? Math.max(usualMs.timeout, hold + besideMs);
  if (hold >= timeout)
    throw new Problem(
      'SHK_USAGE',
      `Watching for ${hold} ms does not fit into a timeout of ${timeout} ms.`,
      'Give more time (--timeout), or watch for less (--hold).',
    );
  return { timeoutMs: timeout, holdMs: hold };
};

/**
 * Connects by itself, without a client, and finds out what is wrong: one attempt and, where it failed, experiments with one change each. Whatever
 * the server does is in the report. Rejects with a Problem for a wrong option (SHK_USAGE), a file that cannot be read (SHK_CA) and the like.
 */
export const doctor = async (options: DoctorOptions, news: (news: DoctorNews) => void = () => {}): Promise<DoctorReport> => {
  const { url, origin = null, protocols = [], headers = [], proxy = null, signal } = options;
  const beganMs = performance.now();
  const times = timesOf(options);
  const read = readWebSocketUrl(url);
  const { target, credentials } = read;
  const shown = withoutCredentials(url, target !== null);
  const before = judgeUrl({ text: shown, read: readWebSocketUrl(shown), origin });
  const sent = {
    origin: origin === null ? null : fieldValue('the Origin', origin),
    headers: headers.map(([name, value]) => [name, fieldValue(name, value)] as const),
  };
  const through = proxy === null ? null : proxyUrl(proxy);
  const told = { url: shown, asked: { origin, protocols, proxy: through, holdMs: times.holdMs } };
  if (!target) return unusable(told, before, performance.now() - beganMs);
  signal?.throwIfAborted();
  const given = headers.some(([name]) => name.toLowerCase() === 'authorization');
  const ask: Ask = {
    target: { ...target, scheme: target.scheme === 'wss' ? 'wss' : 'ws' },
    sni: target.host,
    host: null,
    origin: sent.origin,
    protocols,
    extensions: 'permessage-deflate; client_max_window_bits',
    upgrade: true,
    // RFC 6455 has no user part in a URL. Node's clients make of it what HTTP does; browsers drop it.
    headers: credentials && !given ? [...sent.headers, ['Authorization', basicCredentials(credentials)]] : sent.headers,
    way: null,
  };
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-doctor-'));
  const engines = new Map<Way | null, Promise<Probing>>();
  /** The engine of a way is started when it is first gone. */
  const open = (way: Way | null): Promise<Probing> => {
    const probing = engines.get(way) ?? startProbing(engineOptions(options, { way, folder }), (stage) => news({ type: 'stage', stage }));
    engines.set(way, probing);
    return probing;
  };
  const work = async (): Promise<DoctorReport> => {
    const { diagnose } = await import('../diagnosis/diagnose.js');
    const main = await open(null);
    const left = Math.round(times.timeoutMs - (performance.now() - beganMs) - endMs);
    const found = await investigate(
      ask,
      { timeoutMs: Math.max(300, left), holdMs: times.holdMs },
      {
        world: async (way) => (await open(way)).world,
        findingsOf: diagnose,
        agent: `shakedown/${version}`,
        now: () => performance.now(),
        progress: {
          began: (title) => news({ type: 'began', title }),
          ended: (title, exchange) => news({ type: 'ended', title, outcome: outcomeText(exchange) }),
          enters: () => {},
        },
      },
    );
    const report = reportOf(found, { ...told, before, heard: main.heard(), ms: Math.round(performance.now() - beganMs) });
    return without(report, secretsOf(ask.headers));
  };
  try {
    return await (signal ? untilAborted(work(), signal) : work());
  } finally {
    rmSync(folder, { recursive: true, force: true });
    // One that is just starting writes its CA there.
    await Promise.allSettled([...engines.values()].map((engine) => engine.then(({ stop }) => stop())));
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What is kept for ending the engine and telling the result, milliseconds. */
const endMs = 250;

const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });

const unusable = (told: Pick<DoctorReport, 'url' | 'asked'>, findings: readonly Finding[], ms: number): DoctorReport => ({
  ...told,
  ok: false,
  status: 0,
  findings,
  steps: [],
  trials: [],
  clients: clientsOf(findings, 0),
  ms: Math.round(ms),
});

/** A report is pasted somewhere. In what is no URL nobody can say where the credentials end: everything up to the last @ goes. */
const withoutCredentials = (url: string, isUrl: boolean): string =>
  url.replace(isUrl ? /^(\s*[a-z][a-z0-9+.-]*:[\\/]*)[^/\\?#]*@/i : /^(\s*[a-z][a-z0-9+.-]*:[\\/]*)?.*@/is, '$1***@');

/** A value as its bytes go out, latin1. Throws a Problem (SHK_USAGE) where it would end its line. */
const fieldValue = (what: string, text: string): string => {
  if (!/[\r\n\0]/.test(text)) return Buffer.from(text, 'utf8').toString('latin1');
  throw new Problem('SHK_USAGE', `${what} is no value of a field: it holds a line break or a NUL.`, 'Give each field by itself.');
};

const proxyUrl = (text: string): string => {
  const read = readProxyUrl(text);
  if ('proxy' in read) return upstreamUrl(read.proxy);
  const shown = text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
  throw new Problem('SHK_USAGE', `--proxy ${JSON.stringify(shown)} ${read.why}.`, 'Example: --proxy http://user:p%40ss@proxy.example:3128');
};

/** What ways change of the server leg's TLS. With TLS 1.0 goes SHA-1, which OpenSSL takes from security level 0 only. */
const limitsOf: Partial<Record<Way, TlsLimits>> = {
  'old-tls': { ...noLimits, min: '1.0', ciphers: 'ALL:@SECLEVEL=0' },
  'tls-1.2': { ...noLimits, max: '1.2' },
};

const engineOptions = (
  { ca = null, insecure = false, http2 = false, proxy = null }: DoctorOptions,
  { way, folder }: { readonly way: Way | null; readonly folder: string },
): EngineOptions => ({
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
