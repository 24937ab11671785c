import { constants, deflateRawSync } from 'node:zlib';
import { createInflater, type Inflated } from '../wire/inflate.js';

/** What one message of permessage-deflate may hold and still be searched. */
const inflatedLimit = 2 * 1024 * 1024;
const windowBytes = 32 * 1024;

/** Both ends of one direction's compression: what its receiver inflates with, and a sender in the place of the true one. */
export interface DeflateContext {
  inflate(payload: Uint8Array, whole: boolean): Inflated;
  /** Whether what follows may lean on text that was replaced, so that it must be compressed anew. */
  readonly stale: boolean;
  /** The message is in the new recording as it was. */
  passed(bytes: Uint8Array): void;
  /** Compresses in place of the sender. `touched`: the place behind the last byte that differs from the original's; 0: none does. */
  deflate(bytes: Uint8Array, touched: number): Uint8Array;
  /** What was sent before is not known any more, to neither end. */
  reset(): void;
}

/** The last 32 KiB of what was sent. */
const createWindow = () => {
  const bytes = Buffer.alloc(2 * windowBytes);
  let length = 0;
  return {
    add: (more: Uint8Array): void => {
      const last = more.subarray(-windowBytes);
      if (length + last.length > bytes.length) {
        const kept = Math.min(length, windowBytes);
        bytes.copyWithin(0, length - kept, length);
        length = kept;
      }
      bytes.set(last, length);
      length += last.length;
    },
    last: (most: number): Buffer => bytes.subarray(Math.max(0, length - most), length),
    clear: (): void => {
      length = 0;
    },
  };
};

export const createDeflateContext = ({ takeover, bits }: { readonly takeover: boolean; readonly bits: number }): DeflateContext => {
  const inflaterOf = () => createInflater({ noContextTakeover: !takeover, limit: inflatedLimit });
  const window = createWindow();
  let inflater = inflaterOf();
  /** So many bytes must follow unchanged until no back reference (RFC 7692 section 7.2.3.2) can reach what was replaced. */
  let reach = 0;
  return {
    inflate: (payload, whole) => inflater.inflate(payload, whole),
    get stale() {
      return reach > 0;
    },
    passed: (bytes) => {
      if (takeover) window.add(bytes);
    },
    deflate: (bytes, touched) => {
      const dictionary = takeover ? window.last(1 << bits) : Buffer.alloc(0);
      const packed = deflateRawSync(bytes, {
        windowBits: bits,
        finishFlush: constants.Z_SYNC_FLUSH,
        ...(dictionary.length > 0 && { dictionary: Buffer.from(dictionary) }),
      });
      if (takeover) {
        reach = touched > 0 ? windowBytes - (bytes.length - touched) : reach - bytes.length;
        window.add(bytes);
      }
      // RFC 7692 section 7.2.1: without the end of the flush; section 7.2.3.6: an empty message is one byte.
      return bytes.length === 0 ? Uint8Array.of(0) : packed.subarray(0, -4);
    },
    reset: () => {
      inflater = inflaterOf();
      window.clear();
      reach = 0;
    },
  };
};
