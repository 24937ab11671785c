import { isUtf8 } from 'node:buffer';
import { type Gap, opcodes, type Sender } from '../model/frame.js';
import { type ByteStore, createByteStore } from './byte-store.js';
import type { AgreedDeflate } from './extensions.js';
import { createFrameDecoder, type Frame } from './frame-decoder.js';
import { createInflater, type Inflated, inflateReach } from './inflate.js';

/** One message, or one control frame. */
export interface Message {
  readonly from: Sender;
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close';
  /** The payload, unmasked and inflated; at most the limit. Of a message that could not be inflated: the compressed bytes. */
  readonly bytes: Uint8Array;
  /**
   * True length of the payload in bytes; of a message too big to be inflated to its end, the length that was reached; of one that lost frames
   * to a gap, what is known of it.
   */
  readonly length: number;
  /** Bytes of all its frames on the wire, headers included. */
  readonly wireBytes: number;
  readonly frames: number;
  /** Whether `bytes` lacks the end of the payload. */
  readonly cut: boolean;
  readonly compressed: boolean;
  /** `bytes` lacks something that a gap took: it is not in the recording. */
  readonly lost?: true;
  /** A sentence, when the payload is not what its type promises. */
  readonly error?: string;
}

/** What is kept of one message when nothing else is said, bytes. */
export const defaultMessageLimit = 1024 * 1024;

export interface MessageOptions {
  readonly from: Sender;
  /** What the handshake agreed on, see `agreedDeflate`; null for no compression. */
  readonly deflate?: AgreedDeflate | null;
  /** The most bytes of one message's payload, inflated. */
  readonly limit?: number;
  /** `window()` of the assembler that this one goes on from, between two messages. */
  readonly window?: Uint8Array;
}

/** Joins the frames of one direction into messages. */
export interface MessageAssembler {
  /** The message that this frame completes, if it does. */
  push(frame: Frame): Message | undefined;
  /** Frames are missing here. Gives the unfinished message, cut; continuation frames behind the gap belong to nothing. */
  torn(): Message | undefined;
  /** What compressed messages that follow may refer back to; empty without compression. */
  window(): Uint8Array;
}

const typeOf: ReadonlyMap<number, Message['type']> = new Map(
  (['text', 'binary', 'ping', 'pong', 'close'] as const).map((type) => [opcodes[type], type]),
);

/**
 * Assembles as the frame scanner counts: a continuation with nothing to continue and a reserved opcode make no message; a whole data frame
 * inside an unfinished message is a message of its own; the first frame of another one takes the unfinished one's place.
 */
export const createMessageAssembler = ({ from, deflate = null, limit = defaultMessageLimit, window }: MessageOptions): MessageAssembler => {
  const noContextTakeover = from === 'client' ? deflate?.clientNoContextTakeover : deflate?.serverNoContextTakeover;
  const inflater = deflate ? createInflater({ noContextTakeover: noContextTakeover ?? false, limit, ...(window && { window }) }) : null;
  const isCompressed = ({ header }: Frame) => header.rsv1 && inflater !== null && header.opcode < opcodes.close;
  let open: Unfinished | undefined;

  const begin = (first: Frame): Unfinished => {
    const store = createByteStore(storeLimit(limit, isCompressed(first)));
    return { first, store, length: 0, wireBytes: 0, frames: 0, cut: false, lost: false };
  };

  const add = (message: Unfinished, frame: Frame) => {
    if (!message.cut) message.store.add(frame.payload, 0, frame.payload.length);
    message.cut ||= frame.cut;
    message.lost ||= frame.lost === true;
    message.length += frame.header.length;
    message.wireBytes += frame.wireBytes;
    message.frames++;
  };

  const complete = (first: Frame, taken: Uint8Array, { length, wireBytes, frames, lost }: Sizes): Message => {
    const type = typeOf.get(first.header.opcode) ?? 'binary';
    const compressed = isCompressed(first);
    const kept = compressed || taken.length <= limit ? taken : taken.slice(0, limit);
    const whole = kept.length === length && !lost;
    const content: Inflated = compressed && inflater ? inflater.inflate(kept, whole) : { bytes: kept, length, cut: !whole };
    if (lost && compressed) inflater?.forget();
    const bytes = type === 'text' && content.cut ? wholeCharacters(content.bytes) : content.bytes;
    const error = content.error ?? (lost && type === 'close' ? undefined : errorOf(type, bytes, first.header.rsv1 && !compressed));
    return {
      from,
      type,
      bytes,
      length: content.length,
      wireBytes,
      frames,
      cut: content.cut,
      compressed,
      ...(lost && { lost }),
      ...(error !== undefined && { error }),
    };
  };

  const push = (frame: Frame): Message | undefined => {
    const { opcode, fin, length } = frame.header;
    if (opcode !== opcodes.continuation && !typeOf.has(opcode)) return undefined;
    if (opcode >= opcodes.close || (fin && opcode !== opcodes.continuation)) {
      return complete(frame, frame.payload, { length, wireBytes: frame.wireBytes, frames: 1, lost: frame.lost === true });
    }
    if (opcode !== opcodes.continuation) open = begin(frame);
    if (!open) return undefined;
    add(open, frame);
    if (!fin) return undefined;
    const message = open;
    open = undefined;
    return complete(message.first, message.store.take(), message);
  };

  const torn = (): Message | undefined => {
    const message = open;
    open = undefined;
    const given = message && complete(message.first, message.store.take(), { ...message, lost: true });
    inflater?.forget();
    return given;
  };

  return { push, torn, window: () => inflater?.window() ?? noWindow };
};

const noWindow = new Uint8Array(0);

interface Sizes {
  length: number;
  wireBytes: number;
  frames: number;
  lost: boolean;
}

/** A fragmented message that waits for its last frame. */
interface Unfinished extends Sizes {
  readonly first: Frame;
  readonly store: ByteStore;
  cut: boolean;
}

/** Compressed bytes are kept beyond the limit, so that the window for the next message survives a message that is too long to show. */
const storeLimit = (limit: number, compressed: boolean): number => (compressed ? limit * inflateReach : limit);

export interface MessageReader {
  /** The messages that end in this chunk. */
  push(chunk: Uint8Array): Message[];
  /** Bytes that crossed and cannot be pushed: the messages that lose something by it and are complete all the same, or never will be. */
  skip(gap: Gap): Message[];
  window(): Uint8Array;
}

/** Frames and messages of one direction straight from its chunks. */
export const createMessageReader = (options: MessageOptions): MessageReader => {
  const maxPayload = storeLimit(options.limit ?? defaultMessageLimit, Boolean(options.deflate));
  const decoder = createFrameDecoder({ from: options.from, maxPayload });
  const assembler = createMessageAssembler(options);
  const join = (frames: readonly Frame[]): Message[] => frames.flatMap((frame) => assembler.push(frame) ?? []);
  return {
    push: (chunk) => join(decoder.push(chunk)),
    window: assembler.window,
    skip: (gap) => {
      const { frames, torn } = decoder.skip(gap);
      const messages = join(frames);
      const unfinished = torn ? assembler.torn() : undefined;
      return unfinished ? [...messages, unfinished] : messages;
    },
  };
};

export const notUtf8 = 'The text is not valid UTF-8 (RFC 6455 section 8.1).';

/** `strayRsv1`: RSV1 without an agreement that gives it a meaning. */
const errorOf = (type: Message['type'], bytes: Uint8Array, strayRsv1: boolean): string | undefined => {
  if (strayRsv1) return 'The frame is marked as compressed (RSV1), and that was not agreed on.';
  if (type === 'text' && !isUtf8(bytes)) return notUtf8;
  if (type === 'close' && (bytes.length === 1 || !isUtf8(bytes.subarray(2))))
    return 'The Close frame has a broken payload (RFC 6455 section 5.5.1).';
  return undefined;
};

/** Text that was cut by bytes, without the half character at its end. */
const wholeCharacters = (bytes: Uint8Array): Uint8Array => {
  for (let back = 1; back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < wanted ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
};
