import { opcodes } from '../model/frame.js';
import { unmask } from './frame-decoder.js';

/** One frame to write. Nothing is checked: a fault must be able to write a wrong one. */
export interface FrameToWrite {
  readonly fin: boolean;
  readonly rsv1?: boolean;
  readonly opcode: number;
  readonly payload: Uint8Array;
  /** The length that the header tells when it is not that of `payload`, whose end somebody lost. */
  readonly length?: number;
  /** 4 bytes; present when the client sends it. */
  readonly maskKey?: Uint8Array;
}

/** The bytes of one frame (RFC 6455 section 5.2), its length in the shortest form. `payload` is copied. */
export const encodeFrame = ({ fin, rsv1 = false, opcode, payload, length = payload.length, maskKey }: FrameToWrite): Uint8Array => {
  const extended = length < 126 ? 0 : length < 0x10000 ? 2 : 8;
  const start = 2 + extended + (maskKey ? 4 : 0);
  const frame = new Uint8Array(start + payload.length);
  const view = new DataView(frame.buffer);
  frame[0] = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (opcode & 0x0f);
  frame[1] = (maskKey ? 0x80 : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) view.setUint16(2, length);
  if (extended === 8) view.setBigUint64(2, BigInt(length));
  frame.set(payload, start);
  if (maskKey) {
    frame.set(maskKey.subarray(0, 4), start - 4);
    unmask(frame.subarray(start), maskKey);
  }
  return frame;
};

/** One message to write, as one frame or as several. */
export interface MessageToWrite {
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  readonly bytes: Uint8Array;
  /** `bytes` are deflated already: sets RSV1 on the first frame (RFC 7692 section 6.1). */
  readonly compressed?: boolean;
  /** The most payload bytes of one frame, at least 1; without it the message is one frame. */
  readonly maxFrame?: number;
  /** Gives the masking key of each frame; present when the client sends it. */
  readonly nextKey?: () => Uint8Array;
}

/** The bytes of a whole message (RFC 6455 section 5.4). */
export const encodeMessage = ({ type, bytes, compressed = false, maxFrame = bytes.length, nextKey }: MessageToWrite): Uint8Array => {
  const frames: Uint8Array[] = [];
  const step = Math.max(1, maxFrame);
  let at = 0;
  do {
    const frame = {
      fin: at + step >= bytes.length,
      rsv1: compressed && at === 0,
      opcode: at === 0 ? opcodes[type] : opcodes.continuation,
      payload: bytes.subarray(at, at + step),
    };
    frames.push(encodeFrame(nextKey ? { ...frame, maskKey: nextKey() } : frame));
    at += step;
  } while (at < bytes.length);
  return Buffer.concat(frames);
};

/** The payload of a Close frame: code and reason, or nothing at all (RFC 6455 section 5.5.1). */
export const closePayload = (code?: number, reason = ''): Uint8Array => {
  if (code === undefined) return new Uint8Array(0);
  const text = Buffer.from(reason, 'utf8');
  return Uint8Array.of(code >> 8, code & 0xff, ...text);
};
