import type { Exchange } from '../model/exchange.js';
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
  const { world, control } = engine;

  /** An exchange of ours as it stands, whether it has ended or not. */
  const standing = async (localPort: number): Promise<Exchange | undefined> => {
    const { rows } = await control.rows({ from: 0, limit: Number.MAX_SAFE_INTEGER, all: true });
    const details = await Promise.all(rows.map(({ id }) => control.detail(id)));
    return details.map((detail) => detail?.exchange).findLast((exchange) => exchange?.client.peer?.port === localPort);
  };
  const exchangeByPort: ProbeWorld['exchangeByPort'] = async (localPort) => {
    const ended = world.exchangeByPort(localPort);
    const told = await inTime(ended, tellMs, null);
    if (told) return told;
    const open = await standing(localPort);
    if (open && open.endedAt === null) await control.kill(open.id).catch(() => {});
    const late = await inTime(ended, tellMs, null);
    if (late) return late;
    const exchange = await standing(localPort);
    return exchange ? { exchange, chunks: [] } : ended;
  };
  return {
    world: { door: world.door, caPem: world.caPem, exchangeByPort, hurry: engine.hurry },
    heard: () => listener.first,
    stop: () =>
      inTime(
        control.stop().then(() => true),
        stopMs,
        false,
      ),
  };
};
