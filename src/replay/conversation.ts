import { timeOf } from '../model/clock.js';
import type { Exchange } from '../model/exchange.js';
import { opcodes } from '../model/frame.js';
import type { Head } from '../model/head.js';
import { type AgreedDeflate, agreedDeflate } from '../wire/extensions.js';
import { closePayload, encodeFrame } from '../wire/frame-encoder.js';
import { clientFrames } from './client-frames.js';
import type { Recorded } from './recorded.js';
import { createServerCount } from './server-count.js';

/** What a scripted client does once it is let in, in order. */
export type Step =
  /** Until the server has sent that many data messages in all, and its Close where `close` says so; no longer than `withinMs`. */
  | {
      readonly type: 'await';
      readonly messages: number;
      readonly close: boolean;
      readonly withinMs: number;
      /** A Close of the server ends the conversation: it is answered with its own code. */
      readonly leaves?: true;
    }
  | { readonly type: 'pause'; readonly ms: number }
  /** `close`: a Close frame is among them. */
  | { readonly type: 'send'; readonly bytes: Uint8Array; readonly close: boolean }
  /** `await-fin`: the server ended first. */
  | { readonly type: 'end'; readonly how: 'fin' | 'reset' | 'await-fin' };

export interface Conversation {
  readonly steps: readonly Step[];
  /** Whether the recorded client answered Pings. Its answers are not in `steps`: they belong to the Pings that come now. */
  readonly answersPings: boolean;
  /** Sentences on what is not as it was recorded. */
  readonly notes: readonly string[];
}

/** A server may take twice its recorded time and this much more, milliseconds, before the client goes on without it. */
const graceMs = 2000;
/** A recorded silence of the client over this many milliseconds is kept as a short pause; there are at most so many of them. */
const noticeableMs = 20;
const shortPauseMs = 10;
const mostPauses = 100;
/** The longest quiet before the client ends, milliseconds: time for messages that the recorded server did not send. */
const longestQuietMs = 150;
/** Libuv reads a reset that comes together with data as FIN; this keeps them apart, milliseconds. */
const beforeResetMs = 50;
/** A masking key for the frames that are made here; the server cannot tell it from a random one. */
const someKey = Uint8Array.of(0x5a, 0x17, 0xc3, 0x88);

export const hangUpOf = ({ client }: Pick<Exchange, 'client'>): 'fin' | 'reset' =>
  client.end?.by === 'peer' && client.end.how === 'reset' ? 'reset' : 'fin';

/**
 * The client's frames in the order of the record, each behind what the server had said before it. They are the recorded bytes; only where
 * the handshake now agreed on another compression, compressed messages are sent uncompressed, which every agreement allows (RFC 7692 section 6).
 */
export const conversationOf = ({ exchange, chunks }: Recorded, answer: Head): Conversation => {
  const { clientSent, serverGot, clientGot } = exchange.heads;
  const then = agreedDeflate([clientSent, serverGot], clientGot);
  const now = agreedDeflate([clientSent], answer);
  const uncompressed = then !== null && !sameForClient(then, now);
  const server = createServerCount();
  const pings = createPings();
  const own = chunks.filter(({ from }) => from === 'client').map(({ chunk }) => chunk);
  const client = clientFrames(own, uncompressed ? then : null);
  const steps: Step[] = [];
  let pauses = 0;
  let sentMs = exchange.marks.open ?? chunks[0]?.atMs ?? 0;
  let heardMs = sentMs;
  let awaited = { messages: 0, close: false };

  const awaitServer = (): void => {
    const { messages } = server;
    const close = server.close !== null;
    if (messages === awaited.messages && close === awaited.close) return;
    awaited = { messages, close };
    steps.push({ type: 'await', messages, close, withinMs: graceMs + 2 * Math.max(0, Math.round(heardMs - sentMs)) });
  };
  const send = (bytes: Uint8Array, frame: { readonly close: boolean; readonly atMs: number }): void => {
    awaitServer();
    const gap = Math.round(frame.atMs - Math.max(sentMs, heardMs));
    if (frame.close && gap > 0) steps.push({ type: 'pause', ms: Math.min(longestQuietMs, gap) });
    else if (gap > noticeableMs && pauses++ < mostPauses) steps.push({ type: 'pause', ms: shortPauseMs });
    steps.push({ type: 'send', bytes, close: frame.close });
    sentMs = frame.atMs;
  };

  for (const { from, chunk, atMs } of chunks) {
    if (from === 'server') {
      pings.came(server.push(chunk));
      if (server.messages > awaited.messages || (server.close !== null) !== awaited.close) heardMs = atMs;
      continue;
    }
    for (const { opcode, payload, bytes } of client.push(chunk)) {
      if (opcode === opcodes.pong && pings.takeAnswer(payload)) continue;
      send(bytes, { close: opcode === opcodes.close, atMs });
    }
  }
  const rest = client.rest();
  if (rest.length > 0) send(rest, { close: false, atMs: chunks.findLast(({ from }) => from === 'client')?.atMs ?? sentMs });
  awaitServer();
  steps.push(...ending(exchange, Math.max(sentMs, heardMs)));
  return { steps: joined(steps), answersPings: pings.answered(), notes: notesOf(uncompressed, client.unreadable()) };
};

const ending = (exchange: Exchange, lastMs: number): Step[] => {
  const { end } = exchange.client;
  if (!end) {
    const frame = encodeFrame({ fin: true, opcode: opcodes.close, payload: closePayload(1000), maskKey: someKey });
    return [
      { type: 'send', bytes: frame, close: true },
      { type: 'end', how: 'await-fin' },
    ];
  }
  if (end.by !== 'peer') return [{ type: 'end', how: 'await-fin' }];
  const how = hangUpOf(exchange);
  const quiet = Math.min(longestQuietMs, Math.round(timeOf(end.at) - lastMs));
  const ms = how === 'reset' ? Math.max(quiet, beforeResetMs) : quiet;
  return [...(ms > 0 ? [{ type: 'pause', ms } as const] : []), { type: 'end', how }];
};

const sameForClient = (then: AgreedDeflate, now: AgreedDeflate | null): boolean =>
  now !== null && now.clientNoContextTakeover === then.clientNoContextTakeover && now.clientMaxWindowBits >= then.clientMaxWindowBits;

const notesOf = (uncompressed: boolean, unreadable: number): string[] => [
  ...(uncompressed ? ['The handshake now agreed on another compression; the messages were sent uncompressed.'] : []),
  ...(unreadable > 0 ? [`${unreadable} compressed messages could not be read and were sent as they were.`] : []),
];

/** Bytes that follow each other with nothing between go out in one write. */
const joined = (steps: readonly Step[]): Step[] => {
  const result: Step[] = [];
  let run: Uint8Array[] = [];
  let close = false;
  const flush = (): void => {
    if (run.length > 0) result.push({ type: 'send', bytes: Buffer.concat(run), close });
    run = [];
    close = false;
  };
  for (const step of steps) {
    if (step.type === 'send') {
      run.push(step.bytes);
      close ||= step.close;
      continue;
    }
    flush();
    result.push(step);
  }
  flush();
  return result;
};

/** The most unanswered Pings whose payload is remembered. */
const mostPings = 100;

/** Tells a client's answers to Pings from the Pongs that it sent unasked (RFC 6455 section 5.5.3). */
const createPings = () => {
  const waiting: string[] = [];
  let pinged = false;
  let answered = false;
  const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  return {
    came(payloads: readonly Uint8Array[]): void {
      pinged ||= payloads.length > 0;
      waiting.push(...payloads.map(textOf));
      waiting.splice(0, waiting.length - mostPings);
    },
    /** An answer to one Ping stands for those before it too. */
    takeAnswer(payload: Uint8Array): boolean {
      const at = waiting.indexOf(textOf(payload));
      if (at === -1) return false;
      waiting.splice(0, at + 1);
      answered = true;
      return true;
    },
    /** A client that was never pinged counts as one that answers. */
    answered: (): boolean => answered || !pinged,
  };
};
