import { constants, inflateRawSync } from 'node:zlib';
import { codeOf, sentenceOf } from '../model/problem.js';

/** What one compressed message holds. */
export interface Inflated {
  /** At most `limit` bytes. */
  readonly bytes: Uint8Array;
  /** True length; when the message was too big to be measured, the length that was reached. */
  readonly length: number;
  readonly cut: boolean;
  /** A sentence, when the data are no DEFLATE data. `bytes` then are the compressed ones. */
  readonly error?: string;
}

export interface Inflater {
  /** `payload` is a message's compressed bytes, all fragments joined; `whole` is false when their end is missing. */
  inflate(payload: Uint8Array, whole: boolean): Inflated;
  /** What the next message may refer back to: give it to another inflater, and that one goes on from here. */
  window(): Uint8Array;
  /** Earlier messages are missing: one that needs them says so. */
  forget(): void;
}

export interface InflaterOptions {
  readonly noContextTakeover: boolean;
  /** The most bytes of one message. */
  readonly limit: number;
  /** Of the inflater that this one goes on from. */
  readonly window?: Uint8Array;
}

/** RFC 7692 section 7.2.2: what the sender took away from the end of its flushed data. */
const flushTail = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
const windowBytes = 32 * 1024;
/** Bytes over the limit are inflated up to this many times the limit, to know the true length and to keep the window for the next message. */
export const inflateReach = 16;
/** A message may hold blocks with BFINAL (RFC 7692 section 7.2.3.4), each of which ends zlib's stream; more than this many are an attack. */
const mostStreams = 64;
/** DEFLATE never makes one byte into more than this many. */
const greatestRatio = 1032;
const nothing = new Uint8Array(0);

/**
 * Inflates the messages of one direction in order (RFC 7692 section 7.2.2), synchronously and within bounds: at most `limit` bytes come
 * out of one message, and at most `inflateReach` times as many are ever made. Context takeover is the last 32 KiB, given to zlib as its
 * dictionary. When a message could not be read to its end the window starts anew: a later one that needs what is missing says so and
 * can never come out wrong, because zlib refuses a distance that goes too far back.
 */
export const createInflater = ({ noContextTakeover, limit, window: before = nothing }: InflaterOptions): Inflater => {
  let window = before;
  let forgot = false;

  const inflate = (payload: Uint8Array, whole: boolean): Inflated => {
    const dictionary = window;
    window = nothing;
    try {
      const output = inflateAll(whole ? Buffer.concat([payload, flushTail]) : payload, dictionary, limit * inflateReach);
      if (whole && !noContextTakeover) window = lastWindow(dictionary, output);
      const cut = output.length > limit || !whole;
      return { bytes: copyOf(output.subarray(0, limit)), length: output.length, cut };
    } catch (error) {
      if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') {
        const text = `${uninflatable}: ${forgot && needsMore(error) ? lacking : sentenceOf(error)}.`;
        return { bytes: copyOf(payload.subarray(0, limit)), length: payload.length, cut: payload.length > limit, error: text };
      }
      return { bytes: inflateStart(payload, dictionary, limit), length: limit * inflateReach, cut: true };
    }
  };

  return {
    inflate,
    window: () => window,
    forget: () => {
      window = nothing;
      forgot = true;
    },
  };
};

/** How the sentence about data that cannot be inflated begins. */
export const uninflatable = 'The message cannot be inflated';
const lacking = 'it refers to earlier messages that are not in the recording';
/** zlib says it of a distance that goes behind what it was given. */
const needsMore = (error: unknown): boolean => sentenceOf(error).includes('too far back');

/** zlib's results are views into larger buffers, which should not live as long as a message does. */
const copyOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

const lastWindow = (before: Uint8Array, output: Uint8Array): Uint8Array => {
  if (output.length >= windowBytes) return copyOf(output.subarray(-windowBytes));
  const kept = before.subarray(Math.max(0, before.length + output.length - windowBytes));
  const window = new Uint8Array(kept.length + output.length);
  window.set(kept);
  window.set(output, kept.length);
  return window;
};

/** All of the input; throws ERR_BUFFER_TOO_LARGE over `most` bytes, and what zlib throws. */
const inflateAll = (input: Uint8Array, before: Uint8Array, most: number): Uint8Array => {
  const parts: Uint8Array[] = [];
  let dictionary = before;
  let made = 0;
  for (let at = 0; at < input.length; ) {
    if (parts.length === mostStreams) throw new Error(`more than ${mostStreams} final blocks`);
    const { bytes, consumed } = inflateStream(input.subarray(at), dictionary, Math.max(1, most - made));
    if (consumed === 0) break;
    at += consumed;
    made += bytes.length;
    parts.push(bytes);
    if (at < input.length) dictionary = lastWindow(dictionary, bytes);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
};

/** One stream of zlib's, up to a final block or the end of the input. */
const inflateStream = (input: Uint8Array, dictionary: Uint8Array, most: number): { bytes: Uint8Array; consumed: number } => {
  const result = inflateRawSync(input, {
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: most,
    // zlib's default of 16 KiB would be allocated for each message of a few bytes.
    chunkSize: Math.min(64 * 1024, Math.max(1024, 4 * input.length)),
    info: true,
    ...(dictionary.length > 0 && { dictionary }),
  }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  return { bytes: result.buffer, consumed: result.engine.bytesWritten };
};

/** The first bytes of a message that is too big to inflate: ever longer starts of the input, until the limit is passed. */
const inflateStart = (input: Uint8Array, dictionary: Uint8Array, limit: number): Uint8Array => {
  let best: Uint8Array = nothing;
  for (let size = Math.max(1, Math.floor(limit / greatestRatio)); ; size *= 2) {
    try {
      best = inflateStream(input.subarray(0, size), dictionary, limit).bytes;
    } catch {
      return best;
    }
    if (size >= input.length) return best;
  }
};
