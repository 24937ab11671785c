import { type FrameHeader, type FrameResume, opcodes } from '../model/frame.js';
import { headerSize, isCountable, longestHeader, readFrameHeader } from '../wire/frame-header.js';

/** A fragment under this many bytes of which nothing is kept is left out with its header: the mark of a gap is longer than that. */
const shortFragment = 1024;
const mostControlBytes = 125;

/** What becomes of the bytes of one chunk, in order. */
export interface Walker {
  /** `chunk[start..end)` is kept. */
  keep(start: number, end: number): void;
  leaveOut(bytes: number): void;
  /** Called before bytes are kept behind some that were left out, while `resume` tells of this very place. */
  beforeKept(): void;
  /** From `start` on nobody can say where frames begin. */
  unreadable(start: number): void;
}

export interface MessageWalk {
  push(chunk: Uint8Array, walker: Walker): void;
  resume(): FrameResume | undefined;
}

/** Walks over the frames of one direction and says which bytes to keep, so that of no message more than `limit` bytes of payload are. */
export const createMessageWalk = (limit: number): MessageWalk => {
  const held = new Uint8Array(longestHeader);
  let heldBytes = 0;
  let header: FrameHeader | null = null;
  /** Payload of the frame in hand that is still to come, and to be kept. */
  let left = 0;
  let keepLeft = 0;
  let messageOpen = false;
  let messageKept = 0;
  let unreadable = false;

  const openBehind = ({ opcode, fin }: FrameHeader): boolean => {
    if (opcode > opcodes.binary) return messageOpen;
    return opcode === opcodes.continuation ? messageOpen && !fin : messageOpen || !fin;
  };
  const quotaOf = ({ opcode }: FrameHeader): number => {
    if (opcode >= opcodes.close) return Math.max(mostControlBytes, limit);
    return opcode === opcodes.continuation ? limit - messageKept : limit;
  };

  /** Takes a frame in hand; ends it at once when it has no payload. */
  const begin = (next: FrameHeader): void => {
    unreadable = !isCountable(next.length);
    keepLeft = Math.min(next.length, quotaOf(next));
    if (next.opcode < opcodes.close) messageKept = (next.opcode === opcodes.continuation ? messageKept : 0) + keepLeft;
    [header, left, heldBytes] = [next, next.length, 0];
    if (left === 0) finish(next);
  };
  const finish = (frame: FrameHeader): void => {
    messageOpen = openBehind(frame);
    header = null;
  };

  const push = (chunk: Uint8Array, { keep, leaveOut, beforeKept, unreadable: giveUp }: Walker): void => {
    /** Kept bytes that were not handed on begin here; -1: there are none. */
    let run = -1;
    const take = (at: number): void => {
      if (run === -1) {
        beforeKept();
        run = at;
      }
    };
    const leave = (from: number, to: number): void => {
      if (run !== -1) keep(run, from);
      run = -1;
      leaveOut(to - from);
    };

    let at = 0;
    while (at < chunk.length && !unreadable) {
      if (header !== null) {
        const step = Math.min(left, chunk.length - at, keepLeft > 0 ? keepLeft : left);
        if (keepLeft > 0) {
          take(at);
          keepLeft -= step;
        } else leave(at, at + step);
        at += step;
        left -= step;
        if (left === 0) finish(header);
        continue;
      }
      const next = heldBytes === 0 ? readFrameHeader(chunk, at) : 'need more';
      if (next !== 'need more') {
        if (next.opcode === opcodes.continuation && next.length > 0 && next.length < shortFragment && quotaOf(next) <= 0) {
          leave(at, at + next.headerBytes);
        } else take(at);
        begin(next);
        at += next.headerBytes;
        continue;
      }
      take(at);
      held[heldBytes++] = chunk[at++] as number;
      if (heldBytes < 2 || heldBytes < headerSize(held[1] as number)) continue;
      const joined = readFrameHeader(held);
      if (joined !== 'need more') begin(joined);
    }
    if (run !== -1) keep(run, at);
    if (at < chunk.length) giveUp(at);
  };

  const resume = (): FrameResume | undefined => {
    if (unreadable) return undefined;
    if (header !== null) return { left, header: '', unfinished: openBehind(header) };
    return { left: 0, header: Buffer.from(held.subarray(0, heldBytes)).toString('base64'), unfinished: messageOpen };
  };

  return { push, resume };
};
