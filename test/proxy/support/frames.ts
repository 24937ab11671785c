/** One frame as it is written, RFC 6455 section 5.2, by rules of its own so that it can also be wrong. */
export interface FrameText {
  readonly opcode: number;
  readonly payload?: string | Uint8Array;
  readonly fin?: boolean;
  /** RSV1 to RSV3 as bits 4, 2, 1. */
  readonly rsv?: number;
  readonly masked: boolean;
  /** Announce another length than the payload has. */
  readonly claim?: number;
}

const lengthBytes = (length: number, mask: number): Buffer => {
  if (length < 126) return Buffer.of(mask | length);
  if (length < 65_536) return Buffer.of(mask | 126, length >> 8, length & 0xff);
  const long = Buffer.alloc(9);
  long[0] = mask | 127;
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
};

export const frame = ({ opcode, payload = '', fin = true, rsv = 0, masked, claim }: FrameText): Buffer => {
  const bytes = Buffer.from(payload as string);
  const key = [0x11, 0x22, 0x33, 0x44];
  if (masked) for (let i = 0; i < bytes.length; i++) bytes[i] = (bytes[i] ?? 0) ^ (key[i & 3] ?? 0);
  const head = Buffer.of((fin ? 0x80 : 0) | (rsv << 4) | opcode);
  return Buffer.concat([head, lengthBytes(claim ?? bytes.length, masked ? 0x80 : 0), masked ? Buffer.from(key) : Buffer.alloc(0), bytes]);
};
