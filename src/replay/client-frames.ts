import { opcodes } from '../model/frame.js';
import type { AgreedDeflate } from '../wire/extensions.js';
import { createFrameDecoder, type Frame } from '../wire/frame-decoder.js';
import { encodeMessage } from '../wire/frame-encoder.js';
import { createMessageAssembler, type Message } from '../wire/messages.js';

/** One frame of the recorded client, as it shall be sent. */
export interface ClientFrame {
  readonly opcode: number;
  /** Unmasked; of a data frame only as much as was needed. */
  readonly payload: Uint8Array;
  /** What goes on the wire. */
  readonly bytes: Uint8Array;
}

/** The most of one compressed message that is inflated to be sent uncompressed, bytes. */
const inflateLimit = 4 * 1024 * 1024;
const longestControl = 125;

/**
 * Cuts what a recorded client sent into frames; `chunks` are its own, in order. With `deflate` (what had been agreed on when they were recorded)
 * compressed messages come out uncompressed and as one frame, with the mask of their first one.
 */
export const clientFrames = (chunks: readonly Uint8Array[], deflate: AgreedDeflate | null) => {
  const stream = Buffer.concat(chunks);
  const decoder = createFrameDecoder({ from: 'client', maxPayload: deflate ? inflateLimit : longestControl });
  const assembler = deflate && createMessageAssembler({ from: 'client', deflate, limit: inflateLimit });
  let end = 0;
  /** The frames of a compressed message, until its last one is there. */
  let held: ClientFrame[] = [];
  let key: Uint8Array | null = null;
  let unreadable = 0;

  const rewrite = (frame: Frame, own: ClientFrame): readonly ClientFrame[] => {
    const message = assembler?.push(frame);
    const { opcode, rsv1, fin } = frame.header;
    if (!assembler || opcode >= opcodes.close) return [own];
    const begins = rsv1 && opcode !== opcodes.continuation;
    if (begins) key = frame.header.key;
    if (!begins && held.length === 0) return [own];
    held.push(own);
    if (!fin) return [];
    const whole = message && inflated(message, key);
    const result = whole ? [{ ...own, bytes: whole }] : held;
    if (!whole) unreadable++;
    held = [];
    return result;
  };

  return {
    /** The frames that end in the next chunk. */
    push(chunk: Uint8Array): readonly ClientFrame[] {
      return decoder.push(chunk).flatMap((frame) => {
        end = frame.offset + frame.wireBytes;
        return rewrite(frame, { opcode: frame.header.opcode, payload: frame.payload, bytes: stream.subarray(frame.offset, end) });
      });
    },
    /** What followed the last whole message: the start of one that was never finished, or bytes that are no frames. */
    rest: (): Uint8Array => Buffer.concat([...held.map(({ bytes }) => bytes), stream.subarray(end)]),
    /** How many compressed messages could not be inflated, and are as they were. */
    unreadable: (): number => unreadable,
  };
};

const inflated = (message: Message, key: Uint8Array | null): Uint8Array | undefined => {
  if (message.cut || !message.compressed || message.error !== undefined) return undefined;
  return encodeMessage({ type: message.type, bytes: message.bytes, ...(key ? { nextKey: () => key } : {}) });
};
