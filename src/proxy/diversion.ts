import type { Ground } from '../faults/apply.js';
import type { EndingHow } from '../faults/changes.js';
import type { WireFrame } from '../faults/flow.js';
import { createFlows, type FlowDraws, type Flows, flowStages } from '../faults/flows.js';
import type { Outcome } from '../faults/pipeline.js';
import { createRandom } from '../faults/random.js';
import type { FrameResume, Sender } from '../model/frame.js';
import type { Target } from '../model/target.js';
import { limits } from './limits.js';
import type { River } from './river.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';

/**
 * One direction of one exchange, where faults may take it in hand: at once, or while it runs. Until then it costs one look at `active`
 * for each chunk.
 */
export interface Diversion {
  /** Faults have it in hand, or something was put into it: every chunk goes through `push`, and stays so until the end. */
  readonly active: boolean;
  /** Nothing waits in it. */
  readonly empty: boolean;
  /** So much waits that the sender must wait, too; or a fault has it so. Who was told so hears of `room`. */
  readonly full: boolean;
  /** Nothing of that side crosses any more, not even an end. */
  isSilent(side: Sender): boolean;
  /** The other side has gone, and this one is not to know. */
  leave(side: Side): void;
  /** Where its bytes go, and what the pump does at its word. Called once, by the pump. */
  attach(ports: DiversionPorts): void;
  /** It is known what crosses, and faults may take it in hand from here on. */
  begin(what: Crossing): void;
  push(chunk: Uint8Array): void;
  /** The sender said FIN: `carry` is called behind what waits, unless a fault has taken it away. */
  end(carry: () => void): void;
  /** A frame of ours, at the next place between two frames. */
  inject(frame: WireFrame): void;
  /** What is armed has changed. */
  refresh(): void;
  /** The direction is over. */
  stop(): void;
}

export interface DiversionPorts {
  /** Gives bytes to the receiver, and counts them; false: it takes none any more. */
  readonly write: (bytes: Buffer) => boolean;
  /** A fault ends the connection: the receiver's leg so, the sender's with a reset unless it is to be a FIN. */
  readonly cut: (how: Exclude<EndingHow, 'silence'>, sender?: 'fin') => void;
  /** A fault has the sender wait, from now on. */
  readonly wait: () => void;
  /** There is room again. */
  readonly room: () => void;
}

export interface DiversionOptions {
  readonly from: Sender;
  readonly tap: Tap;
  readonly target: Target;
  readonly pulse: Pulse;
}

/** What both directions of an exchange know of each other. */
export interface Pulse {
  lastByteMs: number;
  /** Sides of which nothing crosses any more. */
  readonly silent: Set<Sender>;
}

export interface Crossing {
  readonly grounds: readonly Ground[];
  /** Frames, with permessage-deflate or without; null: any bytes. */
  readonly frames: { readonly deflate: boolean } | null;
}

interface Waiting {
  readonly step: Outcome | { readonly type: 'carry'; readonly carry: () => void };
  readonly dueMs: number;
  /** A write of its own. */
  readonly apart: boolean;
}

const nowhere: FrameResume = { left: Number.POSITIVE_INFINITY, header: '', unfinished: false };

/** Steps that are over are taken out together. */
const mostDone = 1024;
/** What a step that waits takes beside its bytes: a slow line makes many small ones. */
const perWaiting = 128;

export const createDiversion = (river: River, options: DiversionOptions): Diversion => {
  const { from, tap, target, pulse } = options;
  const { armory, clock } = river;
  let crossing: Crossing | null = null;
  let openedMs = clock.now();
  const asking = { ordinal: tap.ordinal, look: () => river.look(tap.id) };
  let ports: DiversionPorts | null = null;
  let flows: Flows | null = null;
  let active = false;
  let stopped = false;
  let jammed = false;
  let toldFull = false;
  let waiting: Waiting[] = [];
  /** Of `waiting`, so many are done. */
  let done = 0;
  let waitingBytes = 0;
  let lastDue = 0;
  /** A FIN that a fault keeps back. */
  let keptEnd: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let unwatch: () => void = () => undefined;

  const flowsNow = (): Flows => {
    const { grounds, frames } = crossing ?? { grounds: [], frames: null };
    flows ??= createFlows({
      start: { from, nowMs: clock.now(), openedMs, deflate: frames?.deflate ?? false, lastByteMs: () => pulse.lastByteMs },
      ...{ target, grounds, frames: frames !== null },
      // Frames are due here: where nobody can say where they stand, nobody ever will.
      resume: () => river.resumeOf(tap.id, from) ?? nowhere,
      random: createRandom(river.seed, tap.ordinal, from, 'keys'),
      onApplied: (key, fault) => {
        tap.emit({ type: 'fault', fault });
        armory.noteApplied(key, tap.ordinal);
      },
      onFailed: (failure) => tap.emit({ type: 'fault-failed', ...failure }),
    });
    return flows;
  };

  const activate = (): void => {
    if (active) return;
    active = true;
    tap.emit({ type: 'detour', from });
  };

  const write = (pieces: readonly Uint8Array[]): void => {
    if (pieces.length === 0) return;
    const bytes = pieces.length === 1 && pieces[0] ? Buffer.from(pieces[0]) : Buffer.concat(pieces);
    if (!ports?.write(bytes)) return;
    tap.emit({ type: 'given', from, data: bytes.toString('base64') });
  };

  const perform = (): void => {
    let pieces: Uint8Array[] = [];
    const flush = (): void => {
      write(pieces);
      pieces = [];
    };
    const nowMs = clock.now();
    for (let next = waiting[done]; next && next.dueMs <= nowMs && !stopped && !pulse.silent.has(from); next = waiting[done]) {
      done += 1;
      const { step, apart } = next;
      if (step.type === 'unit') {
        waitingBytes -= step.unit.length;
        if (apart) flush();
        pieces.push(step.unit);
        if (apart) flush();
        continue;
      }
      flush();
      if (step.type === 'carry') step.carry();
      else if (step.type === 'jam' || step.type === 'resume') {
        jammed = step.type === 'jam';
        if (jammed) {
          toldFull = true;
          ports?.wait();
        }
      } else if (step.how === 'silence') pulse.silent.add(from);
      else if (step.how === 'fin' && keptEnd) keptEnd();
      else {
        stop();
        ports?.cut(step.how, step.sender);
      }
    }
    flush();
    if (pulse.silent.has(from)) forget();
    else if (done === waiting.length || done > mostDone) {
      waiting = waiting.slice(done);
      done = 0;
    }
  };

  const forget = (): void => {
    waiting = [];
    done = 0;
    waitingBytes = 0;
  };

  const schedule = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const due = Math.min(waiting[done]?.dueMs ?? Number.POSITIVE_INFINITY, flows?.pipeline.wakeAt() ?? Number.POSITIVE_INFINITY);
    if (due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(wake, Math.min(Math.max(1, Math.ceil(due - clock.now())), 2 ** 31 - 1));
  };

  const take = (steps: readonly Outcome[]): void => {
    if (stopped) return;
    for (const step of steps) {
      lastDue = Math.max(lastDue, step.atMs ?? 0);
      if (step.type === 'unit') waitingBytes += step.unit.length;
      waiting.push({ step, dueMs: lastDue, apart: step.atMs !== undefined });
    }
    perform();
    schedule();
  };

  const isFull = (): boolean => {
    const waits = waitingBytes + (waiting.length - done) * perWaiting + (flows?.pipeline.held() ?? 0);
    toldFull = !stopped && (jammed || waits > limits.divertedBytes);
    return toldFull;
  };

  /** What is due now, or comes free; and the sender goes on where it has waited for that. */
  const wake = (): void => {
    take(flows?.pipeline.wake(clock.now()) ?? []);
    if (toldFull && !isFull()) ports?.room();
  };

  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
    forget();
    unwatch();
  };

  const refresh = (): void => {
    if (stopped || !ports || !crossing || (!flows && !armory.serves(flowStages))) return;
    const { frames } = crossing;
    const draws = Object.fromEntries(
      flowStages.map((stage) => [stage, frames || stage === 'bytes' ? armory.forStage(stage, asking) : []]),
    ) as unknown as FlowDraws;
    if (!flows && flowStages.every((stage) => draws[stage].length === 0)) return;
    if (flowsNow().use(draws, clock.now())) activate();
    wake();
  };
  return {
    get active() {
      return active;
    },
    get empty() {
      return waitingBytes === 0 && (flows?.pipeline.held() ?? 0) === 0;
    },
    get full() {
      return isFull();
    },
    leave: (side) => river.leftAlone.add(side),
    isSilent: (side) => pulse.silent.has(side),
    attach: (given) => {
      ports = given;
      // Only from here on somebody will call `stop`.
      unwatch = armory.watch(refresh);
      refresh();
    },
    begin: (what) => {
      crossing = what;
      openedMs = clock.now();
      pulse.lastByteMs = openedMs;
      refresh();
    },
    push: (chunk) => {
      pulse.lastByteMs = clock.now();
      take(flowsNow().pipeline.push(chunk, pulse.lastByteMs));
    },
    end: (carry) => {
      const { steps, carried, atMs = 0 } = flowsNow().pipeline.end(clock.now());
      if (!carried) keptEnd = carry;
      take(steps);
      if (!carried || stopped) return;
      lastDue = Math.max(lastDue, atMs);
      waiting.push({ step: { type: 'carry', carry }, dueMs: lastDue, apart: false });
      take([]);
    },
    inject: (frame) => {
      if (stopped || !crossing?.frames) return;
      activate();
      take(flowsNow().pipeline.inject(frame, clock.now()));
    },
    refresh,
    stop,
  };
};
