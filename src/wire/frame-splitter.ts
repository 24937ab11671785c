import type { FrameHeader, FrameResume } from '../model/frame.js';
import { unmask } from './frame-decoder.js';
import { headerSize, isCountable, longestHeader, readFrameHeader } from './frame-header.js';

/** One whole frame with its own bytes, or bytes that make none: of a frame that began earlier, or is too long to be held. */
export type Split =
  | { readonly type: 'frame'; readonly header: FrameHeader; readonly payload: Uint8Array; readonly raw: Uint8Array }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array };

export interface FrameSplitter {
  push(chunk: Uint8Array): readonly Split[];
  /** What has come of a frame that is not whole; afterwards it is as if it had never come. */
  rest(): Uint8Array;
  /** Whether the next byte is the first of a frame. */
  readonly between: boolean;
  /** Whether bytes of a frame go by that is not held: nothing can be put in here. */
  readonly passing: boolean;
}

export interface SplitterOptions {
  /** A frame with a longer payload goes through as bytes. */
  readonly maxPayload: number;
  /** Where the frames stand, when some of them have gone by. */
  readonly resume?: FrameResume;
}

/**
 * Cuts one direction into frames that can be taken out or changed: each is whole, and joined they are what came. Behind a length that
 * nobody can count with (2^53 and more) everything is bytes. Payloads are unmasked copies.
 */
export const createFrameSplitter = ({ maxPayload, resume }: SplitterOptions): FrameSplitter => {
  let held: Buffer = Buffer.alloc(0);
  /** Bytes to come that belong to no frame of ours; Infinity when no frame can be found any more. */
  let foreign = resume?.left ?? 0;
  /** A header of which this much has gone by already. */
  let gone = resume ? Buffer.from(resume.header, 'base64') : Buffer.alloc(0);

  /** The end of a header that had begun to go by, so that its frame can be let go by as well. */
  const finishGone = (chunk: Uint8Array): void => {
    const start = Buffer.concat([gone, chunk.subarray(0, longestHeader)]);
    if (start.length < 2 || start.length < headerSize(start[1] ?? 0)) {
      gone = start;
      foreign = 0;
      return;
    }
    const header = readFrameHeader(start);
    foreign = header === 'need more' ? 0 : header.headerBytes - gone.length + header.length;
    gone = Buffer.alloc(0);
  };

  const push = (chunk: Uint8Array): readonly Split[] => {
    const found: Split[] = [];
    let at = 0;
    if (gone.length > 0) {
      finishGone(chunk);
      if (gone.length > 0) return [{ type: 'bytes', bytes: chunk }];
    }
    if (foreign > 0) {
      at = Math.min(foreign, chunk.length);
      foreign -= at;
      found.push({ type: 'bytes', bytes: chunk.subarray(0, at) });
    }
    if (at === chunk.length) return found;
    held = held.length === 0 ? Buffer.from(chunk.subarray(at)) : Buffer.concat([held, chunk.subarray(at)]);
    at = 0;
    while (at < held.length) {
      const header = readFrameHeader(held, at);
      if (header === 'need more') break;
      const end = at + header.headerBytes + header.length;
      if (!isCountable(header.length) || header.length > maxPayload) {
        const here = Math.min(end, held.length);
        found.push({ type: 'bytes', bytes: held.subarray(at, here) });
        foreign = isCountable(header.length) ? end - here : Number.POSITIVE_INFINITY;
        at = here;
        if (foreign > 0) break;
        continue;
      }
      if (end > held.length) break;
      const raw = held.subarray(at, end);
      const payload = new Uint8Array(raw.subarray(header.headerBytes));
      if (header.key) unmask(payload, header.key);
      found.push({ type: 'frame', header, payload, raw });
      at = end;
    }
    held = held.subarray(at);
    return found;
  };

  return {
    push,
    rest: () => {
      const rest = held;
      held = Buffer.alloc(0);
      return rest;
    },
    get passing() {
      return foreign > 0 || gone.length > 0;
    },
    get between() {
      return held.length === 0 && foreign === 0 && gone.length === 0;
    },
  };
};
