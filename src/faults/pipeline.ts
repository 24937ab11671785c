import type { Random } from '../model/clock.js';
import { type FrameHeader, type FrameResume, opcodes } from '../model/frame.js';
import { createFrameSplitter, type FrameSplitter, type Split } from '../wire/frame-splitter.js';
import { writeWireFrame } from '../wire/write-wire-frame.js';
import { type Carried, type Chain, createChain, type Link, type Note } from './chain.js';
import type { FlowStart, FlowStep, MessageHold, MessageRelease, WireFrame, WireMessage } from './flow.js';
import { createMessageJoiner, type MessageJoiner } from './message-joiner.js';

/** What leaves a pipeline. */
export type Outcome = Exclude<FlowStep<Uint8Array>, { readonly type: 'wire' }>;

/** What is in force in one direction, in the order of arming. */
export interface FlowLinks {
  readonly message: readonly Link<WireMessage>[];
  readonly frame: readonly Link<WireFrame>[];
  readonly close: readonly Link<WireFrame>[];
  readonly bytes: readonly Link<Uint8Array>[];
}

/** One direction with faults in it: chunks in, steps out. Pure but for what its faults remember. */
export interface Pipeline {
  push(chunk: Uint8Array, nowMs: number): readonly Outcome[];
  /**
   * A frame of ours: behind the frame that is going by, one of data behind the message. It goes past a message that is held. Undefined: too
   * many of ours wait for that already.
   */
  inject(frame: WireFrame, nowMs: number): readonly Outcome[] | undefined;
  /** A message is held by hand, and so is what came behind it. */
  readonly waits: boolean;
  release(how: MessageRelease, nowMs: number): readonly Outcome[];
  wakeAt(): number | null;
  wake(nowMs: number): readonly Outcome[];
  /** The sender said FIN. `carried`: it goes on behind these steps. */
  end(nowMs: number): Carried & { readonly steps: readonly Outcome[] };
  /** Links that stay keep what they remember. What those that go held back comes with the next `wake`. */
  use(links: FlowLinks, nowMs?: number): void;
  /** Bytes that faults hold back, or that came behind a held message. */
  held(): number;
  /** A message has begun, and frames of it have gone by. */
  readonly unfinished: boolean;
}

/** A frame with a longer payload, or a message, is not held: it goes through, past the faults. Bytes. */
export const heldPayload = 16 * 1024 * 1024;

/** Frames of ours that wait for their place. */
const mostInjected = 1000;

const lostFrames =
  'nobody can say where a frame begins behind one whose length cannot be counted: faults on messages and frames have nothing to work on';

export interface PipelineOptions {
  readonly start: FlowStart;
  /** Whether what crosses is frames; else only the stage `bytes` works. */
  readonly frames: boolean;
  /** Where the frames stand now; undefined: at the first frame's first byte. With an infinite `left` nobody can say any more. */
  readonly resume: () => FrameResume | undefined;
  readonly random: Random;
  readonly onNote: (note: Note) => void;
  readonly hold?: MessageHold;
}

export const createPipeline = ({ start, frames, resume, random, onNote, hold }: PipelineOptions): Pipeline => {
  let now = start.nowMs;
  let out: Outcome[] = [];
  let splitter: FrameSplitter | null = null;
  let working = false;
  const injected: WireFrame[] = [];
  /** Behind a held message. */
  let backlog: Split[] = [];
  let backlogBytes = 0;

  const bytes: Chain<Uint8Array> = createChain({
    out: (step) => out.push(step.type === 'wire' ? { ...step, type: 'unit', unit: step.bytes } : step),
    onNote,
  });
  const throughBytes = (unit: Uint8Array, atMs?: number): void => {
    if (unit.length > 0) bytes.push(unit, now, atMs);
  };
  const below = (step: FlowStep<WireFrame>): void => {
    if (step.type === 'unit') throughBytes(writeWireFrame(step.unit), step.atMs);
    else if (step.type === 'wire') throughBytes(step.bytes, step.atMs);
    else out.push(step);
  };
  const close: Chain<WireFrame> = createChain({ out: below, onNote });
  const frame: Chain<WireFrame> = createChain({
    out: (step) => {
      if (step.type === 'unit' && step.unit.opcode === opcodes.close) close.push(step.unit, now, step.atMs);
      else below(step);
    },
    onNote,
  });
  const joiner: MessageJoiner = createMessageJoiner({
    ...{ start, random, onNote, limit: heldPayload, ...(hold && { hold }) },
    out: (step) => {
      if (step.type === 'unit') frame.push(step.unit, now, step.atMs);
      else below(step);
    },
  });

  /** Those that may act by themselves now: a message only behind a message, a frame only behind a frame. */
  const awake = (): readonly Pick<Chain<never>, 'wake' | 'wakeAt'>[] => {
    if (!between()) return [bytes];
    return joiner.unfinished ? [frame, close, bytes] : [joiner.chain, frame, close, bytes];
  };

  const frameLinks = (): boolean => joiner.chain.busy || frame.busy || close.busy;

  const readFrames = (): void => {
    if (!frames || splitter) return;
    const at = resume();
    splitter = createFrameSplitter({ maxPayload: heldPayload, ...(at && { resume: at }) });
    if (at?.unfinished) joiner.passMessage();
    if (at?.left === Number.POSITIVE_INFINITY) onNote({ type: 'failed', key: '', message: lostFrames });
  };

  /** No frame is going by in part, so that another one may stand here. */
  const between = (): boolean => splitter?.between ?? true;

  const settle = (): readonly Outcome[] => {
    const made = out;
    out = [];
    return made;
  };

  const flushInjected = (): void => {
    // A control frame may stand between the fragments of a message, for whose end one of data waits (RFC 6455 section 5.4).
    for (let at = 0; at < injected.length && between(); ) {
      const one = injected[at];
      if (one && (one.opcode >= opcodes.close || !joiner.unfinished)) {
        injected.splice(at, 1);
        frame.push(one, now);
      } else at += 1;
    }
  };

  const passFrame = (header: FrameHeader): void => {
    joiner.passFrame(header, now);
    frame.release(now);
    close.release(now);
  };

  const handle = (part: Split): void => {
    if (part.type === 'bytes') {
      if (part.header) passFrame(part.header);
      throughBytes(part.bytes);
    } else {
      const { fin, rsv1, rsv2, rsv3, opcode, key } = part.header;
      joiner.push({ fin, rsv1, rsv2, rsv3, opcode, key, payload: part.payload, raw: part.raw }, now);
    }
    flushInjected();
  };

  /** Both sides go on telling each other that they live. */
  const passes = (part: Split): boolean =>
    part.type === 'frame' && (part.header.opcode === opcodes.ping || part.header.opcode === opcodes.pong);

  const drain = (): void => {
    const parts = backlog;
    let at = 0;
    while (at < parts.length && !joiner.waits) {
      const next = parts[at++];
      if (!next) break;
      backlogBytes -= sizeOf(next);
      handle(next);
    }
    backlog = parts.slice(at);
  };

  const push = (chunk: Uint8Array, nowMs: number): readonly Outcome[] => {
    now = nowMs;
    if (!splitter) {
      throughBytes(chunk);
      return settle();
    }
    working = true;
    for (const part of splitter.push(chunk)) {
      if (!joiner.waits || passes(part)) handle(part);
      else {
        backlog.push(part);
        backlogBytes += sizeOf(part);
      }
    }
    working = false;
    return settle();
  };

  return {
    push,
    inject: (one, nowMs) => {
      now = nowMs;
      readFrames();
      if (injected.length >= mostInjected) return undefined;
      injected.push(one);
      flushInjected();
      return settle();
    },
    get waits() {
      return joiner.waits;
    },
    release: (how, nowMs) => {
      now = nowMs;
      joiner.release(how, now);
      drain();
      return settle();
    },
    wakeAt: () => {
      const times = awake()
        .map((chain) => chain.wakeAt())
        .filter((time) => time !== null);
      return times.length === 0 ? null : Math.min(...times);
    },
    wake: (nowMs) => {
      // What a fault did may change what is armed, and that asks for a wake: never in the middle of a chunk.
      if (working) return [];
      now = nowMs;
      for (const chain of awake()) chain.wake(nowMs);
      return settle();
    },
    end: (nowMs) => {
      now = nowMs;
      let end: Carried = { carried: true };
      const endOf = (chain: Pick<Chain<never>, 'end'>): void => {
        if (end.carried) end = chain.end(nowMs, end.atMs);
      };
      // What is not whole stays behind what came before it and is held back.
      endOf(joiner.chain);
      joiner.flush(now);
      endOf(frame);
      endOf(close);
      // What came of a frame that will never be whole stands behind all that was held.
      if (splitter) throughBytes(splitter.rest(), end.atMs);
      endOf(bytes);
      return { ...end, steps: settle() };
    },
    use: (links, nowMs = now) => {
      now = nowMs;
      joiner.chain.use(links.message, now);
      frame.use(links.frame, now);
      close.use(links.close, now);
      bytes.use(links.bytes, now);
      if (frameLinks() || hold?.active()) readFrames();
    },
    held: () => [joiner.chain, frame, close, bytes].reduce((sum, chain) => sum + chain.held(), backlogBytes),
    get unfinished() {
      return splitter ? joiner.unfinished : (frames && resume()?.unfinished) || false;
    },
  };
};

const sizeOf = (part: Split): number => (part.type === 'bytes' ? part.bytes.length : part.raw.length);
