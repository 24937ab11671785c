import { timeOf } from '../model/clock.js';
import type { Event } from '../model/event.js';
import { opcodes, type Sender } from '../model/frame.js';
import { opens, statusLine } from '../model/head.js';
import { createFrameDecoder, type FrameDecoder } from '../wire/frame-decoder.js';
import { parseHead } from '../wire/http-head.js';

/** Where an attempt is. `hold`: the WebSocket is open, and is watched. */
export type Stage = 'dns' | 'tcp' | 'proxy' | 'tls' | 'upgrade' | 'hold';

/** What the events of an attempt tell beside its exchange; times in milliseconds. */
export interface Heard {
  /** What the name resolved to. */
  readonly addresses: readonly string[];
  /** From the stage's beginning to the failure that ended it; null while none has. */
  readonly brokeAfterMs: number | null;
  /** From our first Ping to the first Pong behind it, as both crossed shakedown; null: there was none. */
  readonly pongMs: number | null;
  /** From our Close to the server's; null: there was none, or the server's was first. */
  readonly closeMs: number | null;
}

export const heardNothing: Heard = { addresses: [], brokeAfterMs: null, pongMs: null, closeMs: null };

/** Listens to an engine that one client at a time goes through. */
export interface Listener {
  event(event: Event): void;
  bytes(exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void;
  /** Of the first exchange that was heard of. */
  readonly first: Heard;
}

/** The stage that begins with an event. */
const stageOf = (event: Event): Stage | undefined => {
  if (event.type === 'dial') return 'dns';
  if (event.type === 'resolved') return 'tcp';
  if (event.type === 'upstream') return 'proxy';
  if (event.type === 'tls-start' && event.leg === 'server') return 'tls';
  if (event.type !== 'head') return undefined;
  if (event.site === 'serverGot') return 'upgrade';
  return event.site === 'serverSent' && !event.informational && isOpening(event.raw ?? '') ? 'hold' : undefined;
};

const isOpening = (raw: string): boolean => {
  const head = parseHead(raw, 'response');
  return opens(head) && statusLine(head).status < 300;
};

const breaks = (event: Event): boolean =>
  event.type === 'dial-failed' ||
  (event.type === 'tls-failed' && event.leg === 'server') ||
  (event.type === 'not-a-head' && event.site === 'serverSent') ||
  event.type === 'closed';

/** `enters` is told each stage as it begins, of every attempt. */
export const createListener = (enters: (stage: Stage) => void): Listener => {
  let first: string | undefined;
  let heard: Heard = heardNothing;
  let beganMs = 0;
  let isOpen = false;
  const decoders: Record<Sender, FrameDecoder> = {
    client: createFrameDecoder({ from: 'client', maxPayload: 125 }),
    server: createFrameDecoder({ from: 'server', maxPayload: 125 }),
  };
  /** When our first Ping and our Close crossed. */
  const said: { ping?: number; close?: number } = {};

  const frame = (from: Sender, opcode: number, atMs: number): void => {
    if (from === 'client') {
      if (opcode === opcodes.ping) said.ping ??= atMs;
      else if (opcode === opcodes.close) said.close ??= atMs;
    } else if (opcode === opcodes.pong && said.ping !== undefined) heard = { ...heard, pongMs: heard.pongMs ?? atMs - said.ping };
    else if (opcode === opcodes.close && said.close !== undefined) heard = { ...heard, closeMs: heard.closeMs ?? atMs - said.close };
  };

  return {
    event: (event) => {
      if (event.exchange === '') return;
      first ??= event.exchange;
      const stage = stageOf(event);
      if (stage) enters(stage);
      if (event.exchange !== first) return;
      const atMs = timeOf(event.at);
      if (event.type === 'resolved') heard = { ...heard, addresses: event.addresses };
      if (stage === 'hold') isOpen = true;
      if (breaks(event) && !isOpen) heard = { ...heard, brokeAfterMs: heard.brokeAfterMs ?? atMs - beganMs };
      else if (stage) beganMs = atMs;
    },
    bytes: (exchange, from, chunk, atMs) => {
      if (exchange !== first || !isOpen) return;
      for (const { header } of decoders[from].push(chunk)) frame(from, header.opcode, atMs);
    },
    get first() {
      return heard;
    },
  };
};
