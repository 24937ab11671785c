import { opcodes, type Sender } from '../model/frame.js';
import { encodeFrame } from '../wire/frame-encoder.js';
import type { Message } from '../wire/messages.js';
import { bytesTold, type Told } from './told.js';

/** One message of another tool's file. */
export interface ToldMessage {
  readonly from: Sender;
  readonly type: Message['type'];
  readonly bytes: Uint8Array;
  /** True length of the payload; more than `bytes` where the file lacks its end. */
  readonly length: number;
  /** ms since the epoch. */
  readonly atMs: number;
}

/** No peer takes a frame over 2 GiB. */
const mostPayload = 2 ** 31;

/** RFC 6455 section 5.1 wants a client's frames masked; which key it drew is not known, and this one leaves the payload as it is. */
const zeroKey = new Uint8Array(4);

/** One message as a single frame of ours; where its end is missing, with a gap behind it (see FrameResume). */
export const frameTold = ({ from, type, bytes, length, atMs }: ToldMessage): Told[] => {
  const frame = { fin: true, opcode: opcodes[type], payload: bytes, length };
  const told = bytesTold(from, encodeFrame(from === 'client' ? { ...frame, maskKey: zeroKey } : frame), atMs);
  if (length <= bytes.length) return told;
  const why = 'The file that was imported lacks the end of this message.';
  const resume = { left: 0, header: '', unfinished: false };
  return [...told, [atMs, { type: 'bytes-lost', from, bytes: length - bytes.length, why, resume }]];
};

/** The true length of a payload that a file tells; that of the bytes which it has, where it tells none that a frame can have. */
export const trueLength = (told: number | undefined, bytes: Uint8Array): number =>
  told !== undefined && Number.isSafeInteger(told) && told > bytes.length && told < mostPayload ? told : bytes.length;
