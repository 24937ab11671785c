import type { ProbeWorld } from '../probe/attempt.js';
import { createListener, type Heard, type Stage } from '../probe/listener.js';
import { startEngine } from './engine.js';
import type { EngineOptions } from './options.js';

/** An engine for attempts of ours alone. */
export interface Probing {
  readonly world: ProbeWorld;
  /** Of the first attempt that went through it. */
  heard(): Heard;
  /** Ends it; an engine that hangs is left behind after half a second, and false says so. */
  stop(): Promise<boolean>;
}

/** How long an attempt that is over may take to be told of, milliseconds; then it is cut off, and again so long. */
const tellMs = 400;
const stopMs = 500;

/** What a promise comes to, or `late` after so long; a rejection counts as `late`, too. */
const inTime = <T, L>(promise: Promise<T>, ms: number, late: L): Promise<T | L> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), ms);
    promise.then(resolve, () => resolve(late)).finally(() => clearTimeout(timer));
  });

/** Starts one. `enters` is told each stage of each attempt as it begins. Throws a Problem as `startEngine` does. */
export const startProbing = async (options: EngineOptions, enters: (stage: Stage) => void): Promise<Probing> => {
  const listener = createListener(enters);
  const engine = await startEngine({ ...options, hasty: true }, listener);
  const { world, control, peek, hurry, part } = engine;
  const exchangeByPort: ProbeWorld['exchangeByPort'] = async (localPort) => {
    const ended = world.exchangeByPort(localPort);
    const told = await inTime(ended, tellMs, null);
    if (told) return told;
    const open = peek(localPort);
    if (open && open.endedAt === null) part(open.id);
    const late = await inTime(ended, tellMs, null);
    if (late) return late;
    const exchange = peek(localPort);
    return exchange ? { exchange, chunks: [] } : ended;
  };
  const giveUp: ProbeWorld['giveUp'] = async (localPort) => {
    const exchange = peek(localPort);
    if (!exchange) return null;
    const over = world.exchangeByPort(localPort);
    // As a browser leaves: a reset may end the server's process, where nobody listens for the `error` of a socket.
    if (exchange.endedAt === null) part(exchange.id);
    await inTime(over, tellMs, null);
    return exchange;
  };
  return {
    world: { door: world.door, caPem: world.caPem, exchangeByPort, giveUp, hurry },
    heard: () => listener.first,
    stop: () =>
      inTime(
        control.stop().then(() => true),
        stopMs,
        false,
      ),
  };
};
