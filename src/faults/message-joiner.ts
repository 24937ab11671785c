import type { Random } from '../model/clock.js';
import { opcodes } from '../model/frame.js';
import { createInflater } from '../wire/inflate.js';
import { type Chain, createChain, type Note } from './chain.js';
import type { FlowStart, FlowStep, MessageHold, MessageRelease, WireFrame, WireMessage } from './flow.js';

/** Joins frames to messages where a fault wants them, and takes them apart again. */
export interface MessageJoiner {
  readonly chain: Chain<WireMessage>;
  push(frame: WireFrame, nowMs: number): void;
  /** The frames at hand continue a message whose beginning has gone by. */
  passMessage(): void;
  /** A frame goes by that is too long to be held, and what is held goes before it. */
  passFrame(header: Pick<WireFrame, 'opcode' | 'fin' | 'rsv1'>, nowMs: number): void;
  /** The sender has ended: what is held of an unfinished message goes on. */
  flush(nowMs: number): void;
  /** A message has gone on in part: another one must not begin here. */
  readonly unfinished: boolean;
  /** A message waits to be released: nothing may be pushed but control frames. */
  readonly waits: boolean;
  release(how: MessageRelease, nowMs: number): void;
}

export interface JoinerOptions {
  readonly start: FlowStart;
  readonly random: Random;
  /** Bytes of one message that are held. */
  readonly limit: number;
  readonly out: (step: FlowStep<WireFrame>) => void;
  readonly onNote: (note: Note) => void;
  readonly hold?: MessageHold;
}

/** What a held frame counts for beside its payload, bytes: fragments may be empty. */
const frameCost = 128;

/**
 * Control frames go by at once, also in front of what is held of a message; but for Close, behind which nothing comes. A message that no
 * fault touched goes on as the frames that came. One that is new or changed goes on as a single frame, not compressed, which RFC 7692
 * section 6 allows message by message; and since the receiver's window now lacks what the sender's has, every later compressed message of
 * this direction is inflated as well.
 */
export const createMessageJoiner = ({ start, random, limit, out, onNote, hold }: JoinerOptions): MessageJoiner => {
  const inflater = start.deflate ? createInflater({ noContextTakeover: false, limit }) : null;
  let held: WireFrame[] = [];
  let size = 0;
  let passing = false;
  let plain = false;
  let number = 0;
  let now = start.nowMs;
  let deaf = false;
  /** From the first message fault on, all messages are read: each may need the one before it. */
  let reading = false;
  let waiting: WireMessage | null = null;

  const key = (): Uint8Array | null =>
    start.from === 'client' ? Uint8Array.from({ length: 4 }, () => Math.floor(random.next() * 256)) : null;

  const asFrame = ({ type, payload, frames }: WireMessage): WireFrame => ({
    ...{ fin: true, rsv1: false, rsv2: false, rsv3: false, payload },
    opcode: opcodes[type],
    key: frames?.[0]?.key ?? key(),
  });

  let unfinished = false;
  const emit = (frames: readonly WireFrame[], atMs?: number): void => {
    for (const unit of frames) {
      if (unit.opcode <= opcodes.binary) unfinished = !unit.fin;
      out({ type: 'unit', unit, ...(atMs !== undefined && { atMs }) });
    }
  };

  const chain: Chain<WireMessage> = createChain({
    onNote: (note) => {
      if (note.type === 'applied' && inflater && !isDelay(note)) plain = true;
      onNote(note);
    },
    out: (step) => {
      if (step.type !== 'unit') {
        out(step);
        return;
      }
      const { frames } = step.unit;
      emit(frames && !(plain && frames[0]?.rsv1) ? frames : [asFrame(step.unit)], step.atMs);
    },
  });

  /** The held frames as they came: no fault sees them. */
  const letGo = (): void => {
    emit(held);
    held = [];
    size = 0;
  };

  /** The same for a message that was not read: a later one must not be inflated with a window that lacks it (RFC 7692 section 7.2.2). */
  const giveUp = (): void => {
    if (held[0]?.rsv1) inflater?.forget();
    letGo();
  };

  const complete = (): void => {
    const [first] = held;
    if (!first) return;
    const joined = held.length === 1 ? first.payload : Buffer.concat(held.map(({ payload }) => payload));
    const inflated = first.rsv1 && inflater ? inflater.inflate(joined, true) : null;
    if (inflated?.error !== undefined || inflated?.cut) {
      if (!deaf) {
        const message = `a message cannot be read, and faults on messages pass it over: ${inflated.error ?? 'it is too long'}`;
        onNote({ type: 'failed', key: '', message });
      }
      deaf = true;
      letGo();
      return;
    }
    const frames = held;
    held = [];
    size = 0;
    const type = first.opcode === opcodes.text ? 'text' : 'binary';
    const message: WireMessage = { type, payload: inflated?.bytes ?? joined, number: number++, frames };
    if (hold?.take(message)) waiting = message;
    else chain.push(message, now);
  };

  const push = (frame: WireFrame, nowMs: number): void => {
    now = nowMs;
    const { opcode, fin } = frame;
    const data = opcode <= opcodes.binary;
    const fresh = opcode === opcodes.text || opcode === opcodes.binary;
    // What is no good sequence of frames is not joined: the receiver is to see it as it is.
    const odd = data && (held.length === 0 ? !fresh : fresh);
    reading ||= chain.busy || hold?.active() === true;
    if (!data || passing || odd || !reading) {
      if (odd) giveUp();
      // Messages behind a Close are read by nobody (RFC 6455 section 5.5.1): what is held is all that there will be.
      if (opcode === opcodes.close) {
        chain.release(now);
        giveUp();
      }
      if (data && fin) passing = false;
      emit([frame]);
      return;
    }
    held.push(frame);
    size += frame.payload.length + frameCost;
    if (size > limit) {
      chain.release(now);
      giveUp();
      passing = !fin;
    } else if (fin) complete();
  };

  return {
    chain,
    push,
    passMessage: () => {
      passing = true;
      unfinished = true;
    },
    passFrame: ({ opcode, fin, rsv1 }, nowMs) => {
      now = nowMs;
      chain.release(now);
      giveUp();
      if (opcode > opcodes.binary) return;
      if (rsv1) inflater?.forget();
      passing = !fin;
      unfinished = !fin;
    },
    flush: (nowMs) => {
      now = nowMs;
      giveUp();
    },
    get unfinished() {
      return unfinished;
    },
    get waits() {
      return waiting !== null;
    },
    release: (how, nowMs) => {
      now = nowMs;
      const message = waiting;
      waiting = null;
      if (!message) return;
      if (how !== 'pass' && inflater) plain = true;
      if (how === 'drop') return;
      chain.push(how === 'pass' ? message : { ...how, number: message.number }, now);
    },
  };
};

/** The same message at another time: the receiver's window is what the sender's is. */
const isDelay = ({ before, steps }: Extract<Note, { readonly type: 'applied' }>): boolean => {
  const [step] = steps;
  return steps.length === 1 && step?.type === 'unit' && step.unit === before;
};
