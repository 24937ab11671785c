import type { Message } from '../wire/messages.js';
import { safeJson } from './codec.js';

/** One message as `inspect FILE --messages --json` prints it. */
export interface MessageLine {
  /** Whose it is. */
  readonly exchange: string;
  /** ISO time of its last byte. */
  readonly at: string;
  readonly from: 'client' | 'server';
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  /** The payload; absent where it is given as base64. */
  readonly text?: string;
  /** A payload that is no text. */
  readonly base64?: string;
  /** Length of the whole payload, inflated. */
  readonly bytes: number;
  /** What it took on the wire, frame headers and all. */
  readonly wireBytes: number;
  readonly frames: number;
  /** Of a Close with a payload. */
  readonly code?: number;
  readonly reason?: string;
  /** Only the first part of the payload is given. */
  readonly cut?: true;
  /** It was inflated. */
  readonly compressed?: true;
  /** Why it could not be read. */
  readonly error?: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A cut text may end inside a character (of at most 4 bytes); what is before it is still text. */
const textOf = (bytes: Uint8Array, cut: boolean): string | undefined => {
  for (let missing = 0; missing <= (cut ? Math.min(3, bytes.length) : 0); missing++) {
    try {
      return utf8.decode(bytes.subarray(0, bytes.length - missing));
    } catch {
      // Tried again without its last byte.
    }
  }
  return undefined;
};

const payload = ({ type, bytes, cut }: Message): { text: string } | { base64: string } => {
  const text = type === 'text' ? textOf(bytes, cut) : undefined;
  return text === undefined ? { base64: Buffer.from(bytes).toString('base64') } : { text };
};

/** RFC 6455 section 5.5.1: a status code in two bytes, then a reason in UTF-8. */
const closing = ({ type, bytes }: Message): Pick<MessageLine, 'code' | 'reason'> => {
  if (type !== 'close' || bytes.length < 2) return {};
  const reason = textOf(bytes.subarray(2), false);
  return { code: Buffer.from(bytes).readUInt16BE(0), ...(reason === undefined ? {} : { reason }) };
};

/**
 * One message as `inspect FILE --messages --json` prints it: one line of JSON without its line feed. `at` is the ISO time of its last
 * byte. A text that is no UTF-8 is given as base64, as all other types are; `bytes` counts the whole payload, `wireBytes` frames and all.
 */
export const messageLine = (exchange: string, at: string, message: Message): string => {
  const line: MessageLine = {
    exchange,
    at,
    from: message.from,
    type: message.type,
    ...payload(message),
    bytes: message.length,
    wireBytes: message.wireBytes,
    frames: message.frames,
    ...closing(message),
    ...(message.cut ? { cut: true } : {}),
    ...(message.lost ? { lost: true } : {}),
    ...(message.compressed ? { compressed: true } : {}),
    ...(message.error === undefined ? {} : { error: message.error }),
  };
  return safeJson(line);
};
