import type { FrameHeader, Gap, Sender } from '../model/frame.js';
import { createByteStore } from './byte-store.js';
import { headerSize, isCountable, longestHeader, readFrameHeader } from './frame-header.js';
import { landingOf } from './gap.js';

/** One whole frame as it crossed, for readers and replay. */
export interface Frame {
  readonly from: Sender;
  /** `header.length` is the true length of the payload, also when it is cut here. */
  readonly header: FrameHeader;
  /** Offset of the header's first byte, from the first byte after the handshake in this direction. */
  readonly offset: number;
  /** Unmasked copy. */
  readonly payload: Uint8Array;
  /** Whether `payload` lacks its end because it was over the limit or because a gap hit it. */
  readonly cut: boolean;
  /** A gap took some of the payload. */
  readonly lost?: true;
  /** Bytes of header and payload on the wire. */
  readonly wireBytes: number;
}

export interface FrameDecoder {
  /** The frames that end in this chunk. The chunk is read only, and not kept. */
  push(chunk: Uint8Array): Frame[];
  /** Bytes that crossed and cannot be pushed. A frame whose header is known is given, cut; when nobody can say where the next one begins, no more come. */
  skip(gap: Gap): Skipped;
}

export interface Skipped {
  /** At most one, that which the gap hit. */
  readonly frames: readonly Frame[];
  /** Whether others may be missing, too. */
  readonly torn: boolean;
}

/** What is kept of one frame's payload when nothing else is said, bytes. */
export const defaultMaxPayload = 1024 * 1024;

/**
 * Decodes one direction. Tolerant as `readFrameHeader` is: a wrong mask, opcode or RSV bit is there to be seen in `header`. After a
 * length that cannot be counted with (2^53 and more) there are no more frames, because nobody can say where the next one starts.
 */
export const createFrameDecoder = ({ from, maxPayload = defaultMaxPayload }: { from: Sender; maxPayload?: number }): FrameDecoder => {
  const held = new Uint8Array(longestHeader);
  const store = createByteStore(maxPayload);
  let heldBytes = 0;
  let header: FrameHeader | null = null;
  let left = 0;
  let offset = 0;
  /** Payload bytes to come of a frame whose header is not known. */
  let orphaned = 0;
  /** Bytes that came so far, gaps included. */
  let position = 0;
  let holed = false;
  let stopped = false;

  /** Takes one byte of a header; true when that was its last. */
  const takeHeaderByte = (byte: number): boolean => {
    if (heldBytes === 0) offset = position;
    held[heldBytes++] = byte;
    position++;
    if (heldBytes < 2 || heldBytes < headerSize(held[1] ?? 0)) return false;
    const read = readFrameHeader(held);
    if (read === 'need more') return false;
    heldBytes = 0;
    header = read;
    left = read.length;
    stopped = !isCountable(read.length);
    return !stopped;
  };

  const finish = (whole: FrameHeader): Frame => {
    const payload = store.take();
    if (whole.key) unmask(payload, whole.key);
    const wireBytes = whole.headerBytes + whole.length;
    const frame: Frame = { from, header: whole, offset, payload, cut: payload.length < whole.length, wireBytes };
    header = null;
    if (!holed) return frame;
    holed = false;
    return { ...frame, lost: true };
  };

  const push = (chunk: Uint8Array): Frame[] => {
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length && !stopped; ) {
      if (header === null) {
        const step = Math.min(orphaned, chunk.length - at);
        if (step === 0) takeHeaderByte(chunk[at] ?? 0);
        else position += step;
        orphaned -= step;
        at += Math.max(1, step);
      } else {
        const step = Math.min(left, chunk.length - at);
        if (!holed) store.add(chunk, at, at + step);
        at += step;
        position += step;
        left -= step;
      }
      if (header !== null && left === 0) frames.push(finish(header));
    }
    return frames;
  };

  const skip = (gap: Gap): Skipped => {
    if (stopped) return { frames: [], torn: false };
    const landing = landingOf(gap, { left: header === null ? orphaned : left, held: heldBytes });
    position += gap.bytes;
    holed = header !== null;
    if (landing === 'inside') {
      if (header === null) orphaned -= gap.bytes;
      else left -= gap.bytes;
      return { frames: header !== null && left === 0 ? [finish(header)] : [], torn: false };
    }
    const frames = header === null ? [] : [finish(header)];
    if (landing === 'lost') {
      stopped = true;
      return { frames, torn: true };
    }
    orphaned = landing.left;
    held.set(landing.header);
    heldBytes = landing.header.length;
    offset = position - heldBytes;
    return { frames, torn: true };
  };

  return { push, skip };
};

/** XOR in place with the 4-byte key (RFC 6455 section 5.3); masking and unmasking are the same. */
export const unmask = (payload: Uint8Array, key: Uint8Array): void => {
  for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] as number) ^ (key[at & 3] as number);
};
