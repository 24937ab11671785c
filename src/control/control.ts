import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { AppliedFault, FaultChoice } from '../model/fault-choice.js';
import type { Finding } from '../model/finding.js';
import type { LanInfo } from './lan.js';

/** What the engine is and where it listens. */
export interface EngineInfo {
  readonly version: string;
  /** `http://127.0.0.1:8101`, with the credentials in it where a client of this machine needs them; null over a recording. */
  readonly proxy: string | null;
  /** Entries of reverse mode: a path's beginning (`''` for every path) and the URL that it leads to. */
  readonly reverse: readonly { readonly prefix: string; readonly url: string }[];
  /** What other machines find here; null while only this one can connect. */
  readonly lan: LanInfo | null;
  /** Path of the CA certificate, PEM; null over a recording. */
  readonly ca: string | null;
  /** Base64 SHA-256 of the key that this run's sound leaves share, for Chromium's pin flag; null over a recording. */
  readonly leafPin: string | null;
  /** Path of the recording; null when nothing is written. */
  readonly recording: string | null;
  readonly seed: number;
  readonly pid: number;
}

/** One line of the list of exchanges. */
export interface ExchangeRow {
  readonly id: string;
  readonly startedAt: string;
  readonly kind: Exchange['kind'];
  readonly entrance: Exchange['entrance'];
  readonly url: string;
  readonly status: number;
  readonly outcome: Exchange['outcome'];
  /** The first finding, or null. */
  readonly finding: Pick<Finding, 'code' | 'severity' | 'title'> | null;
  /** Ids of the faults that were applied. */
  readonly faults: readonly string[];
  readonly fromClient: number;
  readonly fromServer: number;
  /** Milliseconds from the first byte to the end, or until now. */
  readonly durationMs: number;
}

export interface ExchangeDetail {
  readonly exchange: Exchange;
  readonly url: string;
  readonly findings: readonly Finding[];
}

/** What differs between a recorded exchange and its replay. */
export interface Difference {
  readonly exchange: string;
  /** `status`, `response-head`, `messages`, `close`, `finding`, ... */
  readonly where: string;
  readonly recorded: string;
  readonly now: string;
}

export interface ReplayResult {
  readonly same: boolean;
  readonly differences: readonly Difference[];
  /** Path of the recording of the replay, or null when it was recorded into the running engine's own (its exchange is `exchange`). */
  readonly recording: string | null;
  readonly exchanges: readonly string[];
}

export interface ArmedFault {
  readonly choice: FaultChoice;
  /** How many exchanges it was applied to since it was armed. */
  readonly applied: number;
}

export interface Change {
  /** Grows with every change that a view could show. */
  readonly version: number;
}

/**
 * The one interface between views and the engine: queries, commands, a subscription. Carried in process, over a worker's port,
 * and over HTTP. Every method can reject with a Problem; over a carrier its code, message and advice survive.
 */
export interface Control {
  info(): Promise<EngineInfo>;
  /** A number that grows with every change: poll it, and ask for rows only when it has grown. */
  version(): Promise<number>;
  /**
   * Newest last. `from` and `limit` window the list. A browser's own requests are left out where the engine was told to (`EngineOptions.hiding`)
   * unless `all` is asked for; `hidden` counts them either way, and is left out where there is nothing to hide.
   */
  rows(window: {
    readonly from: number;
    readonly limit: number;
    readonly all?: boolean;
  }): Promise<{ readonly total: number; readonly rows: readonly ExchangeRow[]; readonly hidden?: number }>;
  detail(id: string): Promise<ExchangeDetail | null>;
  armed(): Promise<readonly ArmedFault[]>;
  /** `text` in the syntax of `--fault`. */
  arm(text: string): Promise<ArmedFault>;
  disarm(key: string): Promise<void>;
  /** Sends the recorded client side of that exchange again through the same door; `faults` in the syntax of `--fault`. */
  replay(id: string, faults: readonly string[]): Promise<ReplayResult>;
  /** Every event but those of type `bytes`, as it happens. Returns the unsubscribing function. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Ends the engine: closes sockets, flushes the recording. */
  stop(): Promise<void>;
}

export type { AppliedFault };
