import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Exchange } from '../model/exchange.js';
import { opcodes } from '../model/frame.js';
import type { Conversation } from '../replay/conversation.js';
import { doorSteps } from '../replay/entrance.js';
import type { ReplayWorld } from '../replay/replay.js';
import type { Script } from '../replay/script.js';
import { play } from '../replay/scripted-client.js';
import { closePayload, encodeFrame } from '../wire/frame-encoder.js';
import { type Ask, headOf } from './ask.js';

/** The engine that attempts go through: what comes of one is an exchange like any other. */
export interface ProbeWorld extends Pick<ReplayWorld, 'door' | 'caPem' | 'exchangeByPort'> {
  /** From now on no wait for the server lasts longer than so many milliseconds. */
  hurry(ms: number): void;
}

export interface Patience {
  /** How long an open WebSocket is watched, milliseconds. */
  readonly holdMs: number;
  /** For the attempt as a whole, milliseconds. */
  readonly timeoutMs: number;
  /** Until it has opened, or was refused, milliseconds; `timeoutMs` unless. */
  readonly answerMs?: number;
  /** When another Ping is sent, milliseconds after the opening. */
  readonly pingAtMs?: number;
  readonly signal?: AbortSignal;
  /** Told of the client's port before a word is said: the exchange can be followed by it. */
  readonly enters?: (localPort: number) => void;
}

/** How long the engine has to tell that time was up, milliseconds: its own patience ends first, because it knows what it has waited for. */
const graceMs = 300;

/** How long the server has for its Close behind ours, milliseconds. */
const closingMs = 700;

/** What our Ping carries. */
const pingPayload = Buffer.from('shakedown doctor');

/** Opens one WebSocket through the engine, watches it, closes it, and gives the exchange that came of it. */
export const attempt = async (ask: Ask, world: ProbeWorld, patience: Patience & { readonly agent: string }): Promise<Exchange> => {
  const { timeoutMs, answerMs = timeoutMs, signal, enters } = patience;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), answerMs + graceMs);
  world.hurry(answerMs);
  try {
    const { localPort } = await play(scriptOf(ask, patience, { opened: () => clearTimeout(timer) }), {
      ...world,
      timeoutMs: timeoutMs + graceMs,
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      enters: (port) => {
        enters?.(port);
        return () => {};
      },
    });
    return (await world.exchangeByPort(localPort)).exchange;
  } finally {
    clearTimeout(timer);
  }
};

type Told = Patience & { readonly agent: string };

const scriptOf = (ask: Ask, { holdMs, agent, timeoutMs, pingAtMs }: Told, { opened }: { readonly opened: () => void }): Script => {
  const { target, sni } = ask;
  const name = sni === null || isIP(sni) ? null : sni;
  return {
    type: 'script',
    doorTls: null,
    door: doorSteps({ entrance: 'connect', door: { request: '', reply: '' }, target }),
    tls: target.scheme === 'wss' ? { host: target.host, sni: name, alpn: ['http/1.1'], maxVersion: 'TLSv1.3', trust: 'ours' } : null,
    head: headOf(ask, { key: randomBytes(16).toString('base64'), agent }),
    early: new Uint8Array(0),
    patienceMs: timeoutMs + graceMs,
    hangUp: 'give-up',
    conversation: () => {
      opened();
      return watched(holdMs, pingAtMs);
    },
    notes: [],
  };
};

/** A Ping, a while of listening (with another Ping in it where that is asked for), Close. */
const watched = (holdMs: number, pingAtMs = holdMs): Conversation => ({
  steps: [
    { type: 'send', bytes: own(opcodes.ping, pingPayload), close: false },
    { type: 'await', messages: 0, close: true, withinMs: pingAtMs },
    ...(pingAtMs < holdMs
      ? ([
          { type: 'send', bytes: own(opcodes.ping, pingPayload), close: false },
          { type: 'await', messages: 0, close: true, withinMs: holdMs - pingAtMs },
        ] as const)
      : []),
    { type: 'send', bytes: own(opcodes.close, closePayload(1000)), close: true },
    { type: 'await', messages: 0, close: true, withinMs: closingMs },
    { type: 'end', how: 'fin' },
  ],
  answersPings: true,
  notes: [],
});

const own = (opcode: number, payload: Uint8Array): Uint8Array => encodeFrame({ fin: true, opcode, payload, maskKey: randomBytes(4) });
