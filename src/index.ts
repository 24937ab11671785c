import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { dataFolder } from './authority/data-folder.js';
import type { EngineInfo, ExchangeDetail, ExchangeRow, ReplayResult } from './control/control.js';
import { startEngine } from './control/engine.js';
import { hidesNothing } from './control/hiding.js';
import { allMessages, type ReadMessage } from './control/library/all-messages.js';
import { type ArmRequest, armRequest } from './control/library/arm-request.js';
import { type WaitOptions, waitFor } from './control/library/wait-for.js';
import { unbounded } from './control/options.js';
import { parseReverse } from './control/reverse-target.js';
import { parseWayOut } from './control/way-out.js';
import type { Event } from './model/event.js';
import type { Finding } from './model/finding.js';
import { loopbackOnly } from './proxy/access/access.js';
import type { Http2Mode } from './proxy/river.js';
import { type ClientCertificateFile, plainTls } from './proxy/tls-options.js';

export interface ShakedownOptions {
  /** Loopback address; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** Reverse mode: where requests in origin form go, `URL` (ws, wss, http, https) or `/prefix=URL`; several are told apart by path. */
  readonly reverse?: string | readonly string[];
  /** In the syntax of `--fault`: `drop-upgrade`, `bad-cert:kind=expired`. */
  readonly faults?: readonly string[];
  /** Ids of scenarios: `nginx-default`. */
  readonly scenarios?: readonly string[];
  /** Path of a rules file, which is followed while it changes. */
  readonly rules?: string;
  readonly seed?: number;
  /** Path of a new recording; without it the recording is kept in memory. */
  readonly record?: string;
  /** Hosts whose bad certificate is accepted; `*` is every host. */
  readonly insecure?: readonly string[];
  /** Path of a PEM file with further CAs for the server leg. */
  readonly upstreamCa?: string;
  /** HTTP/2: `mirror`, the default, where client and server both speak it. */
  readonly http2?: Http2Mode;
  readonly lenient?: boolean;
  /** Client certificates for servers that ask for one. */
  readonly clientCertificates?: readonly ClientCertificateFile[];
  /** Go out through this proxy: `http://user:password@proxy.example:3128`, https, socks5. */
  readonly upstreamProxy?: string;
  /** Hosts that are reached without it, as in NO_PROXY. */
  readonly noProxy?: readonly string[];
  /** `HOST=ADDR` in place of what the resolver says. */
  readonly resolve?: readonly string[];
  /** Folder of the CA; the user's data folder by default. */
  readonly caDir?: string;
}

/** A proxy in this process. */
export interface Shakedown extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly proxy: string;
  /** Path of the CA certificate that clients are to trust, PEM. */
  readonly ca: string;
  readonly info: EngineInfo;
  /** In the syntax of `--fault`; `arm('drop-upgrade').once()`. */
  arm(choice: string): ArmRequest;
  disarm(key: string): Promise<void>;
  /** Everything that is armed. */
  reset(): Promise<void>;
  /** Newest last; those that fit, when a filter is given. */
  exchanges(filter?: string): Promise<readonly ExchangeRow[]>;
  /** The first exchange that fits, as soon as it does: `finding = origin.rejected`, `status != 101`. */
  waitFor(filter: string, options?: WaitOptions): Promise<ExchangeDetail>;
  /** What is wrong with an exchange, most likely first; of all exchanges without an id. */
  findings(id?: string): Promise<readonly Finding[]>;
  /** Messages and control frames of an exchange, as their senders sent them. */
  messages(id: string): Promise<readonly ReadMessage[]>;
  /** One exchange with its findings; null when there is none with that id. */
  exchange(id: string): Promise<ExchangeDetail | null>;
  replay(id: string, faults?: readonly string[]): Promise<ReplayResult>;
  /** Every event but the bytes; returns what ends it. */
  subscribe(listener: (event: Event) => void): () => void;
  stop(): Promise<void>;
}

/** Starts shakedown in this process. Rejects with a Problem: `code`, `message`, `advice`. */
export const startShakedown = async (options: ShakedownOptions = {}): Promise<Shakedown> => {
  const { control, info } = await startEngine({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    reverse: parseReverse(options.reverse === undefined ? [] : [options.reverse].flat()),
    keepHost: false,
    faults: options.faults ?? [],
    scenarios: options.scenarios ?? [],
    rules: options.rules === undefined ? null : resolve(options.rules),
    seed: options.seed ?? null,
    record: options.record === undefined ? { type: 'memory' } : { type: 'file', path: resolve(options.record) },
    bounds: unbounded,
    insecure: options.insecure ?? [],
    upstreamCa: options.upstreamCa ?? null,
    http2: options.http2 ?? 'mirror',
    lenient: options.lenient ?? false,
    hiding: hidesNothing,
    access: loopbackOnly,
    out: parseWayOut({ upstreamProxy: options.upstreamProxy, noProxy: options.noProxy, resolve: options.resolve }),
    tls: { ...plainTls, certificates: options.clientCertificates ?? [] },
    caDir: options.caDir ?? null,
    dataFolder: dataFolder({ platform: process.platform, env: process.env, home: homedir() }),
  });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= control.stop();
    return stopped;
  };
  const exchanges = async (filter?: string): Promise<readonly ExchangeRow[]> =>
    (await control.rows({ from: 0, limit: Number.MAX_SAFE_INTEGER, ...(filter !== undefined && { filter }) })).rows;
  return {
    proxy: info.proxy ?? '',
    ca: info.ca ?? '',
    info,
    arm: (choice) => armRequest(control, choice),
    disarm: (key) => control.disarm(key),
    reset: async () => void (await control.disarmAll()),
    exchanges,
    waitFor: (filter, more) => waitFor(control, filter, more),
    findings: async (id) => {
      const ids = id === undefined ? (await exchanges()).map((row) => row.id) : [id];
      const details = await Promise.all(ids.map((one) => control.detail(one)));
      return details.flatMap((detail) => detail?.findings ?? []);
    },
    messages: (id) => allMessages(control, id),
    exchange: (id) => control.detail(id),
    replay: (id, faults = []) => control.replay(id, faults),
    subscribe: (listener) => control.subscribe(listener),
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

export type { ArmedFault, EngineInfo, ExchangeDetail, ExchangeRow, ReplayResult } from './control/control.js';
export { type Asked, type DoctorNews, type DoctorOptions, type DoctorReport, doctor, type ReportedTrial } from './control/doctor.js';
export type { ReadMessage } from './control/library/all-messages.js';
export type { Armed, ArmRequest } from './control/library/arm-request.js';
export type { WaitOptions } from './control/library/wait-for.js';
export type { Event } from './model/event.js';
export type { Exchange } from './model/exchange.js';
export type { Finding } from './model/finding.js';
export { Problem } from './model/problem.js';
export type { CertificateStep, Step, TlsStep } from './probe/steps.js';
