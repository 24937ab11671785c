import { encodeFrame } from './frame-encoder.js';

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
