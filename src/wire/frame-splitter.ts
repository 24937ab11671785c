import type { FrameHeader, FrameResume } from '../model/frame.js';
import { unmask } from './frame-decoder.js';
import { headerSize, isCountable, longestHeader, readFrameHeader } from './frame-header.js';

/** One whole frame with its own bytes, or bytes that make none: of a frame that began earlier, or is too long to be held. */
export type Split =
  | { readonly type: 'frame'; readonly header: FrameHeader; readonly payload: Uint8Array; readonly raw: Uint8Array }
  /** `header`: of a frame too long to be held, which begins here; all that comes of it follows. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array; readonly header?: FrameHeader };

export interface FrameSplitter {
  push(chunk: Uint8Array): readonly Split[];
  /** What has come of a frame that is not whole; afterwards it is as if it had never come. */
  rest(): Uint8Array;
  /** Whether something of ours may stand behind what has been given so far: it ends with the end of a frame. */
  readonly between: boolean;
}

export interface SplitterOptions {
  /** A frame with a longer payload goes through as bytes. */
  readonly maxPayload: number;
  /** Where the frames stand, when some of them have gone by; with an infinite `left` no frame is ever found. */
  readonly resume?: FrameResume;
}

const nothing = Buffer.alloc(0);

/**
 * Cuts one direction into frames that can be taken out or changed: each is whole, and joined they are what came. Behind a length that
 * nobody can count with (2^53 and more) everything is bytes. Payloads are unmasked copies.
 */
export const createFrameSplitter = ({ maxPayload, resume }: SplitterOptions): FrameSplitter => {
  /** What came of the frame at hand is `store[start..end)`. Bytes that were given are never written over: somebody may still hold them. */
  let store = nothing;
  let start = 0;
  let end = 0;
  /** How long the frame at hand is, where that is known: until then there is no need to look again. */
  let wanted = 0;
  /** Bytes to come that belong to no frame of ours; Infinity when no frame can be found any more. */
  let foreign = resume?.left ?? 0;
  /** A header of which this much has gone by already. */
  let gone = resume ? Buffer.from(resume.header, 'base64') : nothing;

  /** The end of a header that had begun to go by, so that its frame can be let go by as well. */
  const finishGone = (chunk: Uint8Array): void => {
    const begun = Buffer.concat([gone, chunk.subarray(0, longestHeader)]);
    if (begun.length < 2 || begun.length < headerSize(begun[1] ?? 0)) {
      gone = begun;
      return;
    }
    const header = readFrameHeader(begun);
    if (header !== 'need more') foreign = header.headerBytes - gone.length + countable(header.length);
    gone = nothing;
  };

  /** Twice the room each time: a peer may send a long frame byte by byte. */
  const keep = (bytes: Uint8Array): void => {
    const needed = end - start + bytes.length;
    if (end + bytes.length > store.length) {
      const grown = Buffer.allocUnsafeSlow(start === end ? needed : Math.max(needed, 2 * (end - start)));
      store.copy(grown, 0, start, end);
      store = grown;
      end -= start;
      start = 0;
    }
    store.set(bytes, end);
    end += bytes.length;
  };

  /** The next part of what is kept; undefined: more has to come. */
  const next = (): Split | undefined => {
    if (end - start < wanted) return undefined;
    wanted = 0;
    const kept = store.subarray(start, end);
    const header = readFrameHeader(kept);
    if (header === 'need more') return undefined;
    const length = header.headerBytes + countable(header.length);
    if (header.length > maxPayload) {
      const here = Math.min(length, kept.length);
      start += here;
      foreign = length - here;
      return { type: 'bytes', bytes: kept.subarray(0, here), header };
    }
    if (length > kept.length) {
      wanted = length;
      return undefined;
    }
    start += length;
    const raw = kept.subarray(0, length);
    const payload = new Uint8Array(raw.subarray(header.headerBytes));
    if (header.key) unmask(payload, header.key);
    return { type: 'frame', header, payload, raw };
  };

  const push = (chunk: Uint8Array): readonly Split[] => {
    const found: Split[] = [];
    if (gone.length > 0) {
      finishGone(chunk);
      if (gone.length > 0) return [{ type: 'bytes', bytes: chunk }];
    }
    const passing = Math.min(foreign, chunk.length);
    if (passing > 0) {
      foreign -= passing;
      found.push({ type: 'bytes', bytes: chunk.subarray(0, passing) });
    }
    if (passing === chunk.length) return found;
    keep(chunk.subarray(passing));
    while (start < end) {
      const part = next();
      if (!part) break;
      found.push(part);
    }
    if (start === end) [store, start, end] = [nothing, 0, 0];
    return found;
  };

  return {
    push,
    rest: () => {
      const rest = store.subarray(start, end);
      wanted = 0;
      [store, start, end] = [nothing, 0, 0];
      return rest;
    },
    get between() {
      return foreign === 0 && gone.length === 0;
    },
  };
};

const countable = (length: number): number => (isCountable(length) ? length : Number.POSITIVE_INFINITY);
