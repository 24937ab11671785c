import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Exchange } from '../model/exchange.js';
import { opcodes } from '../model/frame.js';
import { Problem } from '../model/problem.js';
import type { Conversation } from '../replay/conversation.js';
import { doorSteps } from '../replay/entrance.js';
import type { ReplayWorld } from '../replay/replay.js';
import type { Script } from '../replay/script.js';
import { play } from '../replay/scripted-client.js';
import { closePayload, encodeFrame } from '../wire/frame-encoder.js';
import { type Ask, headOf } from './ask.js';
import { judgeMessages } from './judge-messages.js';

/** The engine that attempts go through: what comes of one is an exchange like any other. */
export interface ProbeWorld extends Pick<ReplayWorld, 'door' | 'caPem' | 'exchangeByPort'> {
  /** From now on no wait for the server lasts longer than so many milliseconds, and one that ends so is told as a timeout. */
  hurry(ms: number): void;
  /** Ends what a client port began, both legs at once, and gives how it stood before that; null where it began nothing. */
  giveUp(localPort: number): Promise<Exchange | null>;
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

/** How long the two sides may take to end what is over, milliseconds. */
const partingMs = 500;

/** What our Ping carries. */
const pingPayload = Buffer.from('shakedown doctor');

/** Opens one WebSocket through the engine, watches it, closes it, and gives the exchange that came of it. */
export const attempt = async (ask: Ask, world: ProbeWorld, patience: Patience & { readonly agent: string }): Promise<Exchange> => {
  const { holdMs, timeoutMs, answerMs = timeoutMs, signal, enters } = patience;
  const over = new AbortController();
  let port = 0;
  let timer: NodeJS.Timeout | undefined;
  let seen: Promise<Exchange | null> | undefined;
  let giveUp = (): void => {};
  const within = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, ms);
  };
  // Whoever just leaves has a silent server waited for: the river gives the other side time to end as well.
  const givenUp = new Promise<Exchange | null>((resolve) => {
    giveUp = () => {
      seen ??= world.giveUp(port).finally(() => over.abort());
      resolve(seen);
    };
  });
  const played = async (): Promise<Exchange | null> => {
    const opened = (): void => within(Math.min(timeoutMs, holdMs + closingMs + partingMs));
    const enter = (entered: number) => {
      port = entered;
      enters?.(entered);
      return () => {};
    };
    const script = scriptOf(ask, patience, { opened });
    const { localPort } = await play(script, { ...world, timeoutMs: timeoutMs + 1000, signal: over.signal, enters: enter });
    if (!seen) within(partingMs);
    const recorded = await world.exchangeByPort(localPort);
    // How it stood before it was cut off is what the server did.
    return seen ?? judgeMessages(recorded);
  };
  world.hurry(answerMs);
  within(answerMs + graceMs);
  signal?.addEventListener('abort', giveUp);
  try {
    const exchange = await Promise.race([played().catch((error: unknown) => seen ?? Promise.reject(error)), givenUp]);
    if (exchange) return exchange;
    throw new Problem('SHK_BUG', 'An attempt left no trace in the engine.', 'Try again; when it happens again, tell us.');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
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
    patienceMs: timeoutMs,
    hangUp: 'fin',
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
    { type: 'await', messages: 0, close: true, withinMs: pingAtMs, leaves: true },
    ...(pingAtMs < holdMs
      ? ([
          { type: 'send', bytes: own(opcodes.ping, pingPayload), close: false },
          { type: 'await', messages: 0, close: true, withinMs: holdMs - pingAtMs, leaves: true },
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
