import { encodeFrame } from './frame-encoder.js';
import { headerSize } from './frame-header.js';

/** A frame to write with every bit that its header has (RFC 6455 section 5.2). */
export interface FrameBits {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  /** Masking key, 4 bytes; null: not masked. */
  readonly key: Uint8Array | null;
  /** Unmasked. */
  readonly payload: Uint8Array;
  /** The bytes as they came, when nothing was changed. */
  readonly raw?: Uint8Array;
}

/** Its bytes: those that came, or new ones. */
export const writeWireFrame = ({ raw, fin, rsv1, rsv2, rsv3, opcode, key, payload }: FrameBits): Uint8Array => {
  if (raw) return raw;
  const bytes = encodeFrame({ fin, rsv1, opcode, payload, ...(key && { maskKey: key }) });
  bytes[0] = (bytes[0] ?? 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0);
  return bytes;
};

/** The same with a length of another form, or another length, than that of its payload: `bits` is 16 or 64, `told` under 2^64. */
export const writeOddLength = (frame: FrameBits, { bits, told }: { readonly bits: 16 | 64; readonly told: bigint }): Uint8Array => {
  const { raw: _, ...remade } = frame;
  const right = writeWireFrame(remade);
  const length = Buffer.alloc(bits / 8);
  if (bits === 16) length.writeUInt16BE(Number(told));
  else length.writeBigUInt64BE(told);
  const [first = 0, second = 0] = right;
  const behindLength = headerSize(second) - (frame.key ? 4 : 0);
  return Buffer.concat([Uint8Array.of(first, (second & 0x80) | (bits === 16 ? 126 : 127)), length, right.subarray(behindLength)]);
};
