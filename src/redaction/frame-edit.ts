import type { FrameHeader } from '../model/frame.js';
import { encodeFrame } from '../wire/frame-encoder.js';
import type { Chunk } from './chunks.js';

/** Where a stretch of a frame's bytes stands. */
export interface Spot {
  readonly chunk: Chunk;
  readonly from: number;
  readonly to: number;
}

/** A frame of a compressed message: its header, and where all its bytes are, the header's included. */
export interface FrameSpots {
  readonly header: FrameHeader;
  readonly spots: Spot[];
}

/**
 * Writes another payload into the frames of a message: as many frames, with the same bits and the same keys. Each frame gets its share by its old length,
 * and each chunk its share of the frame, so that a frame still ends with the chunk that it ended with.
 */
export const editFrames = (frames: readonly FrameSpots[], payload: Uint8Array): void => {
  const before = frames.reduce((sum, { header }) => sum + header.length, 0);
  let seen = 0;
  let at = 0;
  for (const [nth, { header, spots }] of frames.entries()) {
    seen += header.length;
    const end = nth === frames.length - 1 ? payload.length : before === 0 ? 0 : Math.floor((payload.length * seen) / before);
    const frame = encodeFrame({
      fin: header.fin,
      rsv1: header.rsv1,
      opcode: header.opcode,
      payload: payload.subarray(at, end),
      ...(header.key && { maskKey: header.key }),
    });
    spread(frame, spots);
    at = end;
  }
};

const spread = (bytes: Uint8Array, spots: readonly Spot[]): void => {
  const before = spots.reduce((sum, { from, to }) => sum + to - from, 0);
  let seen = 0;
  let at = 0;
  for (const [nth, { chunk, from, to }] of spots.entries()) {
    seen += to - from;
    const after = spots.length - 1 - nth;
    // The last chunk gets a byte at least: the frame's time is that of its last byte.
    const end = after === 0 ? bytes.length : Math.min(bytes.length - Math.min(after, 1), Math.round((bytes.length * seen) / before));
    const part = bytes.subarray(at, Math.max(at, end));
    const fits = part.length === to - from;
    if (fits) chunk.bytes.set(part, from);
    else {
      chunk.edits ??= [];
      chunk.edits.push({ from, to, bytes: part });
    }
    chunk.changed = true;
    at = Math.max(at, end);
  }
};
