import type { FrameHeader, Sender } from '../model/frame.js';
import { createByteStore } from './byte-store.js';
import { headerSize, isCountable, longestHeader, readFrameHeader } from './frame-header.js';

/** One whole frame as it crossed, for readers and replay. */
export interface Frame {
  readonly from: Sender;
  /** `header.length` is the true length of the payload, also when it is cut here. */
  readonly header: FrameHeader;
  /** Offset of the header's first byte, from the first byte after the handshake in this direction. */
  readonly offset: number;
  /** Unmasked copy. */
  readonly payload: Uint8Array;
  /** Whether `payload` lacks its end because it was over the limit. */
  readonly cut: boolean;
  /** Bytes of header and payload on the wire. */
  readonly wireBytes: number;
}

export interface FrameDecoder {
  /** The frames that end in this chunk. The chunk is read only, and not kept. */
  push(chunk: Uint8Array): Frame[];
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
  let stopped = false;

  /** Takes one byte of a header; true when that was its last. */
  const takeHeaderByte = (byte: number): boolean => {
    held[heldBytes++] = byte;
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
    const frame = { from, header: whole, offset, payload, cut: payload.length < whole.length, wireBytes };
    offset += wireBytes;
    header = null;
    return frame;
  };

  const push = (chunk: Uint8Array): Frame[] => {
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length && !stopped; ) {
      if (header === null) {
        takeHeaderByte(chunk[at] ?? 0);
        at++;
      } else {
        const step = Math.min(left, chunk.length - at);
        store.add(chunk, at, at + step);
        at += step;
        left -= step;
      }
      if (header !== null && left === 0) frames.push(finish(header));
    }
    return frames;
  };

  return { push };
};

/** XOR in place with the 4-byte key (RFC 6455 section 5.3); masking and unmasking are the same. */
export const unmask = (payload: Uint8Array, key: Uint8Array): void => {
  for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] as number) ^ (key[at & 3] as number);
};
