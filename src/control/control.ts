import type { Choice } from '../faults/choice.js';
import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { AppliedFault, FaultChoice } from '../model/fault-choice.js';
import type { Finding } from '../model/finding.js';
import type { Sender } from '../model/frame.js';
import type { Held, Hold, HoldSpec, Verdict } from '../model/hold.js';
import type { Message } from '../wire/messages.js';
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
  /** URL of the control API, `http://127.0.0.1:8102`; null: there is none. */
  readonly control: string | null;
  /** What its callers show; in no event, so in no recording. */
  readonly token: string | null;
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

/** Which rows are wanted: newest last, from index `from` on. */
export interface RowsWindow {
  readonly from: number;
  readonly limit: number;
  /** A browser's own requests too, where the engine was told to leave them out (`EngineOptions.hiding`). */
  readonly all?: boolean;
  /** As somebody types it above a list: see `compileListFilter`. Indexes and `total` then count what fits. */
  readonly filter?: string;
}

export interface Rows {
  readonly total: number;
  readonly rows: readonly ExchangeRow[];
  /** How many are a browser's own; left out where nothing can be hidden. */
  readonly hidden?: number;
  /** How many exchanges were asked whether they fit; only with a filter. */
  readonly searched?: number;
  /** How much of the recording was read, or looked through for the filter, in percent; left out when that is done. */
  readonly reading?: number;
}

/** One message, or one control frame. */
export interface MessageFacts extends Omit<Message, 'bytes'> {
  /** Among those of its exchange, both directions, counted from 0 in the order of their ends. */
  readonly number: number;
  /** ISO time of its last byte. */
  readonly at: string;
}
export interface MessageRow extends MessageFacts {
  /** The first bytes of the payload, at most 200. */
  readonly start: Uint8Array;
}
export interface MessageContent extends MessageFacts {
  /** The payload, unmasked and inflated; at most 1 MiB. */
  readonly bytes: Uint8Array;
}
export interface MessagePage {
  /** How many there are so far. */
  readonly total: number;
  readonly messages: readonly MessageRow[];
  /** A sentence, when they cannot be told, or not all of them. */
  readonly trouble?: string;
}
export interface MessageHits {
  /** Numbers of messages, in order; at most 10,000. */
  readonly numbers: readonly number[];
  /** Whether there are more. */
  readonly more: boolean;
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

/** A rule in force, and what it has armed. */
export interface ArmedRule {
  readonly name: string;
  readonly faults: readonly ArmedFault[];
}

/** A frame that somebody puts into an open WebSocket. */
export interface FrameToInject {
  /** Who gets it. */
  readonly to: Sender;
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  /** At most 1 MiB; at most 125 bytes in a control frame. Of a Close: its code and reason. */
  readonly payload: Uint8Array;
}

export interface CloseWords {
  /** 1000 when it is left out. */
  readonly code?: number;
  readonly reason?: string;
}

export interface HoldsNow {
  readonly holds: readonly Hold[];
  /** In the order in which they were caught. */
  readonly held: readonly Held[];
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
  /** A window of the list. Rejects with a FilterProblem (over a carrier a Problem) when the filter cannot be read. */
  rows(window: RowsWindow): Promise<Rows>;
  detail(id: string): Promise<ExchangeDetail | null>;
  /** Messages from number `from` on, at most 1000; none of an exchange that is unknown or no WebSocket. */
  messages(id: string, window: { readonly from: number; readonly limit: number }): Promise<MessagePage>;
  message(id: string, number: number): Promise<MessageContent | null>;
  /** The messages of an exchange that hold a text of 1 to 4096 bytes; case of ASCII letters does not matter. */
  searchMessages(id: string, text: string): Promise<MessageHits>;
  /** The exchange as a curl command; what is secret in it has a placeholder. */
  curl(id: string): Promise<string>;
  armed(): Promise<readonly ArmedFault[]>;
  /** A text in the syntax of `--fault`, or a choice that `makeChoice` has checked. */
  arm(choice: string | Choice): Promise<ArmedFault>;
  disarm(key: string): Promise<void>;
  /** How many there were. */
  disarmAll(): Promise<number>;
  /** The rules that have armed something, in the order of arming. */
  rules(): Promise<readonly ArmedRule[]>;
  /**
   * Those of a rules file's text, in place of the ones that came this way before; a rule that is the same as before keeps its counts. The
   * rules of `--rules` stay, and so does the seed. Rejects with a Problem (SHK_FAULT) that names line and column, and changes nothing then.
   */
  replaceRules(text: string): Promise<readonly ArmedRule[]>;
  /** Puts a frame into an open WebSocket, at the next place where one may stand. */
  inject(id: string, frame: FrameToInject): Promise<void>;
  /** Says Close to both sides of an open WebSocket, and ends it when they have not done so a second later. */
  close(id: string, words: CloseWords): Promise<void>;
  /** Resets both legs of an exchange that is under way. */
  kill(id: string): Promise<void>;
  /** What is to be held, and what is held. */
  holds(): Promise<HoldsNow>;
  /** From now on what fits waits until somebody lets it go. */
  hold(spec: HoldSpec): Promise<Hold>;
  /** Ends a hold, and lets go of what it holds. */
  unhold(id: string): Promise<void>;
  /** Lets go of something that is held: as it was, changed, or not at all. */
  release(held: string, verdict: Verdict): Promise<void>;
  /** Sends the recorded client side of that exchange again through the same door; `faults` in the syntax of `--fault`. */
  replay(id: string, faults: readonly string[]): Promise<ReplayResult>;
  /** Every event but those of type `bytes`, as it happens. Returns the unsubscribing function. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Ends the engine: closes sockets, flushes the recording. */
  stop(): Promise<void>;
}

export type { AppliedFault };
