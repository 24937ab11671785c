import type { Event } from '../../model/event.js';
import type { Exchange } from '../../model/exchange.js';
import type { Sender } from '../../model/frame.js';
import { isHttp2 } from '../../model/head.js';
import type { Address } from '../../model/leg.js';
import type { RecordedEvent } from '../../recording/exchange-events.js';
import type { About, Conversation, ConversationOptions, End } from './conversation.js';
import { dataFrames, endFrame, goawayFrame, greeting, headFrames, resetFrame } from './http2-words.js';
import { missingBytes, missingText } from './missing.js';
import type { Remark } from './remarks.js';

/** The connections of a leg that a later exchange of the same client connection may go on with. */
export interface Lines {
  /** Where CONNECT or SOCKS was spoken. */
  door: Conversation | null;
  /** Where the heads are, and what follows them. */
  main: Conversation | null;
  /** The address of the last peer: only the exchange that dialled tells it. */
  peer: Address | null;
}

export interface LegContext {
  readonly exchange: Exchange;
  readonly side: Sender;
  readonly lines: Lines;
  /** Begins a conversation of this leg. */
  begin(options: Pick<ConversationOptions, 'peer' | 'ours' | 'opener'>): Conversation;
  nextPort(): number;
  remark(remark: Remark): void;
}

/** What differs between the two legs: how their connections begin. */
export interface Opening {
  /** Events that belong to the way there, and not to the exchange itself. */
  apply(event: Event, at: number): void;
  /** A connection for heads and bytes; null when there is none. */
  main(at: number): Conversation | null;
  /** Bytes that went over the door's connection. */
  readonly doorBytes: { peer: number; ours: number };
}

const headSites = { client: { clientSent: 'peer', clientGot: 'ours' }, server: { serverSent: 'peer', serverGot: 'ours' } } as const;
type Said = 'request' | 'response';

export const isHttp2Leg = ({ heads }: Exchange, side: Sender): boolean => {
  const head = side === 'client' ? (heads.clientSent ?? heads.clientGot) : (heads.serverGot ?? heads.serverSent);
  return head !== null && isHttp2(head);
};

/** A connection that takes more from one of its ends. */
export const alive = (line: Conversation | null): Conversation | null => (line?.takes('peer') || line?.takes('ours') ? line : null);

const microsOf = (ms: number): number => Math.max(0, Math.round(ms * 1000) || 0);

/** Turns the events of one exchange into what one leg saw of it. */
export const createLeg = (context: LegContext, opening: Opening): { apply(recorded: RecordedEvent): void } => {
  const { exchange, side, lines, remark } = context;
  const http2 = exchange.http2 && isHttp2Leg(exchange, side) ? exchange.http2 : null;
  // Recordings come from anyone, and a stream's number has 31 bits.
  const stream = (http2?.stream ?? 0) & 0x7fffffff;
  /** Bytes of this exchange that were shown, or are known to be lost. */
  /** Directions that faults have in hand. */
  const detours = new Set<Sender>();
  const passed = { peer: 0, ours: 0 };
  /** Those behind the heads. */
  const behind = { peer: 0, ours: 0 };
  const sayer = (from: Sender): End => (from === side ? 'peer' : 'ours');
  let greeted = false;

  const main = (at: number): Conversation | null => {
    const line = opening.main(at);
    if (line && http2 && !greeted) {
      greeted = true;
      line.say(sayer('client'), greeting('client', http2.settings.client), at);
      line.say(sayer('server'), greeting('server', http2.settings.server), at);
    }
    return line;
  };
  /** A refused CONNECT or SOCKS leaves nothing but the door. */
  const carrier = (at: number): Conversation | null =>
    lines.door && exchange.kind === 'unknown' && lines.main === null ? lines.door : main(at);

  const say = (from: End, bytes: Uint8Array, at: number, about: About): void => {
    passed[from] += bytes.length;
    carrier(at)?.say(from, bytes, at, about);
  };

  const sayHead = (from: End, raw: string, at: number, about: { readonly what: Said; readonly comments: readonly string[] }): void =>
    say(from, http2 ? headFrames(stream, about.what, raw) : Buffer.from(raw, 'latin1'), at, about);

  const sayBytes = (from: Sender, chunk: Uint8Array, at: number): void => {
    const end = sayer(from);
    const refused = from === 'server' && exchange.kind === 'websocket' && exchange.marks.open === null;
    const about = { what: refused ? 'body' : end === 'peer' ? 'frames' : 'passed', offset: behind[end] };
    behind[end] += chunk.length;
    say(end, http2 ? dataFrames(stream, chunk) : chunk, at, about);
  };

  const lose = (event: Extract<Event, { type: 'bytes-lost' }>, at: number): void => {
    const { from, bytes, why, resume } = event;
    if (!Number.isSafeInteger(bytes) || bytes <= 0) return;
    const header = Buffer.from(resume?.header ?? '', 'base64').subarray(0, bytes);
    const end = sayer(from);
    carrier(at)?.skip(end, bytes - header.length);
    passed[end] += bytes - header.length;
    behind[end] += bytes - header.length;
    remark({ leg: side, spot: 'next', text: `${bytes} bytes from the ${from} are missing before this: ${why}.` });
    if (header.length > 0) sayBytes(from, header, at);
  };

  /** What was counted and is not recorded: an answer of shakedown's own, the body of a plain request. */
  const fill = (from: End, at: number): void => {
    if (http2) return;
    const missing = missingBytes({ exchange, side, from, passed: passed[from] + opening.doorBytes[from], behind: behind[from] });
    if (missing === 0) return;
    const line = carrier(at);
    if (!line?.takes(from)) return;
    passed[from] += missing;
    behind[from] += missing;
    line.skip(from, missing);
    remark({ leg: side, spot: 'next', text: missingText(exchange, { side, from, bytes: missing }) });
  };

  const end = ({ how, by, code }: Extract<Event, { type: 'end' }>, at: number): void => {
    const from: End = by === 'peer' ? 'peer' : 'ours';
    const said = { what: 'end', comments: how === 'fin' || how === 'reset' ? [] : [`It ended so: ${how} ${code}`.trim()] };
    if (http2 && code.startsWith('H2_')) return void main(at)?.say(from, resetFrame(stream, code), at, said);
    if (http2 && how === 'fin') return void main(at)?.say(from, endFrame(stream), at, said);
    fill(from, at);
    for (const line of [lines.main, lines.door]) {
      if (how === 'reset' || how === 'error') line?.reset(from, at, said);
      else line?.fin(from, at, said);
    }
  };

  const applyHead = (event: Extract<Event, { type: 'head' }>, at: number): void => {
    const sites: Readonly<Record<string, End>> = headSites[side];
    const from = sites[event.site];
    const raw = event.raw ?? (event.sameAs ? exchange.heads[event.sameAs]?.raw : undefined);
    if (from === undefined || raw === undefined) return;
    const what: Said = event.site === 'clientSent' || event.site === 'serverGot' ? 'request' : 'response';
    const reserialised =
      'The HTTP parser had read this head before it was recorded: field case and order are as they came, spacing is not.';
    sayHead(from, raw, at, { what, comments: event.reserialised ? [reserialised] : [] });
  };

  const applyNoHead = ({ site, raw, why }: Extract<Event, { type: 'not-a-head' }>, at: number): void => {
    if (raw === '' || http2) return;
    const bytes = Buffer.from(raw, 'latin1');
    const from: End = (site === 'clientSent') === (side === 'client') ? 'peer' : 'ours';
    const counted = exchange.server && side === 'server' ? exchange.server : exchange.client;
    // Whether the other leg got them, only its count tells.
    if (from === 'ours' && counted.bytesOut - passed.ours - opening.doorBytes.ours < bytes.length) return;
    const comments = [`These bytes are no HTTP head (${why}).`];
    say(from, bytes, at, { what: site === 'clientSent' ? 'request' : 'response', comments });
  };

  const apply = (recorded: RecordedEvent): void => {
    const at = microsOf(recorded.atMs);
    if (recorded.type === 'bytes') {
      // The receiver's leg got what a fault made of it: the events `given`.
      if (!detours.has(recorded.from) || recorded.from === side) sayBytes(recorded.from, recorded.chunk, at);
      return;
    }
    const { event } = recorded;
    switch (event.type) {
      case 'head':
        return void applyHead(event, at);
      case 'not-a-head':
        return void applyNoHead(event, at);
      case 'detour':
        detours.add(event.from);
        return;
      case 'given':
        if (event.from !== side) sayBytes(event.from, Buffer.from(event.data, 'base64'), at);
        return;
      case 'bytes-lost':
        return void lose(event, at);
      case 'goaway':
        if (http2 && event.leg === side) main(at)?.say('peer', goawayFrame(event), at);
        return;
      case 'end':
        if (event.leg === side) end(event, at);
        return;
      case 'closed':
        fill('peer', at);
        return void fill('ours', at);
      default:
        return void opening.apply(event, at);
    }
  };
  return { apply };
};
