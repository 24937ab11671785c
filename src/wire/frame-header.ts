import type { FrameHeader } from '../model/frame.js';

/** The most that a header can take: 2 bytes, 8 of length, 4 of masking key. */
export const longestHeader = 14;

/** Bytes of a whole header, told by its second byte (RFC 6455 section 5.2). */
export const headerSize = (second: number): number => {
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second >= 0x80 ? 4 : 0);
};

/** The 64-bit length at `at`; rounded from 2^53 on. */
export const longLength = (bytes: Uint8Array, at: number): number => {
  let length = 0;
  for (let index = at; index < at + 8; index++) length = length * 256 + (bytes[index] ?? 0);
  return length;
};

/** Over this a payload can no longer be skipped by counting: its end is unknown, and with it every later frame. */
export const isCountable = (length: number): boolean => length <= Number.MAX_SAFE_INTEGER;

/**
 * Reads the frame header that starts at `at` (RFC 6455 section 5.2). Whatever two bytes say is described and nothing refused: reserved
 * opcodes, lengths that could be shorter, a length with its top bit set (then `length` is rounded, and not `isCountable`).
 */
export const readFrameHeader = (bytes: Uint8Array, at = 0): FrameHeader | 'need more' => {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === undefined || second === undefined) return 'need more';
  const headerBytes = headerSize(second);
  if (bytes.length - at < headerBytes) return 'need more';
  const short = second & 0x7f;
  const masked = second >= 0x80;
  return {
    fin: first >= 0x80,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    masked,
    key: masked ? new Uint8Array(bytes.subarray(at + headerBytes - 4, at + headerBytes)) : null,
    length: short === 126 ? (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0) : short === 127 ? longLength(bytes, at + 2) : short,
    headerBytes,
  };
};
