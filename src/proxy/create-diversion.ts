import { createFlows, type FlowDraws, type Flows, flowStages } from '../faults/flows.js';
import type { Outcome } from '../faults/pipeline.js';
import { createRandom } from '../faults/random.js';
import type { FrameResume } from '../model/frame.js';
import type { Crossing, Diversion, DiversionOptions, DiversionPorts } from './diversion.js';
import { holdMessages } from './hold-messages.js';
import { limits } from './limits.js';
import type { River } from './river.js';

interface Waiting {
  readonly step: Outcome | { readonly type: 'carry'; readonly carry: () => void };
  readonly dueMs: number;
  /** A write of its own. */
  readonly apart: boolean;
}

/** What a step that waits takes beside its bytes: a slow line makes many small ones. */
const perWaiting = 128;
const nowhere: FrameResume = { left: Number.POSITIVE_INFINITY, header: '', unfinished: false };

/** Steps that are over are taken out together. */
const mostDone = 1024;

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
  /** The sender said FIN behind a held message. */
  let endBehind: (() => void) | null = null;

  const byHand = holdMessages(river, {
    ...{ from, tap },
    release: (how) => {
      if (stopped || !flows) return;
      take(flows.pipeline.release(how, clock.now()));
      wake();
      const carry = endBehind;
      endBehind = null;
      if (carry) end(carry);
    },
  });

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
      hold: byHand.hold,
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
    const before = done;
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
    const moved = done !== before;
    if (pulse.silent.has(from)) forget();
    else if (done === waiting.length || done > mostDone) {
      waiting = waiting.slice(done);
      done = 0;
    }
    if (moved && !stopped) ports?.moved?.();
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
    const waits = waitingBytes + waiting.length * perWaiting + (flows?.pipeline.held() ?? 0);
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
    byHand.leave();
  };

  const refresh = (): void => {
    const holding = river.holds.wants('message');
    if (stopped || !ports || !crossing || (!flows && !holding && !armory.serves(flowStages))) return;
    const { frames } = crossing;
    const holds = frames !== null && holding && byHand.hold.active();
    const draws = Object.fromEntries(
      flowStages.map((stage) => [stage, frames || stage === 'bytes' ? armory.forStage(stage, asking) : []]),
    ) as unknown as FlowDraws;
    if (!flows && !holds && flowStages.every((stage) => draws[stage].length === 0)) return;
    if (flowsNow().use(draws, clock.now()) || holds) activate();
    wake();
  };

  const end = (carry: () => void): void => {
    const { pipeline } = flowsNow();
    if (pipeline.waits) {
      endBehind = carry;
      // Nobody is there any more for whom it would matter what the other side gets; a server's last words still reach the client.
      if (from === 'client') river.holds.leave({ exchange: tap.id });
      return;
    }
    const { steps, carried, atMs = 0 } = pipeline.end(clock.now());
    if (!carried) keptEnd = carry;
    take(steps);
    if (!carried || stopped) return;
    lastDue = Math.max(lastDue, atMs);
    waiting.push({ step: { type: 'carry', carry }, dueMs: lastDue, apart: false });
    take([]);
  };

  return {
    get active() {
      return active;
    },
    get empty() {
      return waitingBytes === 0 && (!flows || (flows.pipeline.held() === 0 && !flows.pipeline.waits));
    },
    get timed() {
      return waitingBytes;
    },
    get full() {
      return isFull();
    },
    leave: (side) => river.leftAlone.add(side),
    isSilent: (side) => pulse.silent.has(side),
    attach: (given) => {
      ports = given;
      // Only from here on somebody will call `stop`.
      const watches = [armory.watch(refresh), river.holds.watch(refresh)];
      unwatch = () => {
        for (const over of watches) over();
      };
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
    end,
    inject: (frame) => {
      if (stopped || !crossing?.frames) return false;
      activate();
      const steps = flowsNow().pipeline.inject(frame, clock.now());
      if (!steps) return false;
      take(steps);
      return true;
    },
    refresh,
    stop,
  };
};
