import type { Random } from '../model/clock.js';
import { type FrameResume, opcodes } from '../model/frame.js';
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
   * A frame of ours: behind the frame at hand, and where it begins a message, behind the message at hand. It goes past a message that is
   * held. Undefined: too many of ours wait for that already.
   */
  inject(frame: WireFrame, nowMs: number): readonly Outcome[] | undefined;
  /** A message is held, and so is what came behind it: so many bytes. */
  readonly waits: boolean;
  readonly waitingBytes: number;
  release(how: MessageRelease, nowMs: number): readonly Outcome[];
  wakeAt(): number | null;
  wake(nowMs: number): readonly Outcome[];
  /** The sender said FIN. `carried`: it goes on behind these steps. */
  end(nowMs: number): Carried & { readonly steps: readonly Outcome[] };
  /** Links that stay keep what they remember. */
  use(links: FlowLinks): void;
}

/** A frame with a longer payload, or a message, is not held: it goes through, past the faults. Bytes. */
export const heldPayload = 16 * 1024 * 1024;

export interface PipelineOptions {
  readonly start: FlowStart;
  /** Whether what crosses is frames; else only the stage `bytes` works. */
  readonly frames: boolean;
  /** Where the frames stand now; undefined: at the first frame's first byte. */
  readonly resume: () => FrameResume | undefined;
  readonly random: Random;
  readonly onNote: (note: Note) => void;
  readonly hold?: MessageHold;
}

/** Frames of ours that wait for the end of a message which may never come. */
const mostInjected = 100;

export const createPipeline = ({ start, frames, resume, random, onNote, hold }: PipelineOptions): Pipeline => {
  let now = start.nowMs;
  let out: Outcome[] = [];
  let splitter: FrameSplitter | null = null;
  let injected: WireFrame[] = [];
  /** Behind a held message. */
  let backlog: Split[] = [];
  let backlogBytes = 0;
  /** The sender is between two fragments of a message. */
  let inMessage = false;

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

  const frameLinks = (): boolean => joiner.chain.busy || frame.busy || close.busy;

  const readFrames = (): void => {
    if (!frames || splitter) return;
    const at = resume();
    splitter = createFrameSplitter({ maxPayload: heldPayload, ...(at && { resume: at }) });
    inMessage = at?.unfinished ?? false;
    if (inMessage) joiner.passMessage();
  };

  const settle = (): readonly Outcome[] => {
    const made = out;
    out = [];
    return made;
  };

  const flushInjected = (): void => {
    if (injected.length === 0) return;
    const due = injected.filter((one) => !inMessage || one.opcode >= opcodes.close);
    injected = injected.filter((one) => !due.includes(one));
    for (const one of due) frame.push(one, now);
  };

  const handle = (part: Split): void => {
    if (part.type === 'bytes') throughBytes(part.bytes);
    else {
      const { fin, rsv1, rsv2, rsv3, opcode, key } = part.header;
      joiner.push({ fin, rsv1, rsv2, rsv3, opcode, key, payload: part.payload, raw: part.raw }, now);
      if (opcode < opcodes.close) inMessage = !fin;
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
      const part = parts[at++];
      if (!part) break;
      backlogBytes -= sizeOf(part);
      handle(part);
    }
    backlog = parts.slice(at);
  };

  const push = (chunk: Uint8Array, nowMs: number): readonly Outcome[] => {
    now = nowMs;
    if (!splitter) {
      throughBytes(chunk);
      return settle();
    }
    for (const part of splitter.push(chunk)) {
      if (!joiner.waits || passes(part)) handle(part);
      else {
        backlog.push(part);
        backlogBytes += sizeOf(part);
      }
    }
    return settle();
  };

  return {
    push,
    inject: (one, nowMs) => {
      now = nowMs;
      readFrames();
      if (injected.length >= mostInjected) return undefined;
      injected.push(one);
      if (!splitter || splitter.between) flushInjected();
      return settle();
    },
    get waits() {
      return joiner.waits;
    },
    get waitingBytes() {
      return backlogBytes;
    },
    release: (how, nowMs) => {
      now = nowMs;
      joiner.release(how, now);
      drain();
      return settle();
    },
    wakeAt: () => {
      const times = [joiner.chain, frame, close, bytes].map((chain) => chain.wakeAt()).filter((time) => time !== null);
      return times.length === 0 ? null : Math.min(...times);
    },
    wake: (nowMs) => {
      now = nowMs;
      for (const chain of [joiner.chain, frame, close, bytes]) chain.wake(nowMs);
      return settle();
    },
    end: (nowMs) => {
      now = nowMs;
      if (splitter) throughBytes(splitter.rest());
      joiner.flush(now);
      let end: Carried = { carried: true };
      for (const chain of [joiner.chain, frame, close, bytes]) if (end.carried) end = chain.end(nowMs, end.atMs);
      return { ...end, steps: settle() };
    },
    use: (links) => {
      joiner.chain.use(links.message);
      frame.use(links.frame);
      close.use(links.close);
      bytes.use(links.bytes);
      if (frameLinks() || hold?.active()) readFrames();
    },
  };
};

const sizeOf = (part: Split): number => (part.type === 'bytes' ? part.bytes.length : part.raw.length);
