import { type FrameHead, flags, frameHeadLength, frameTypes, preface, readFrameHead } from './frame.js';

/** A part of one direction's bytes, in order; `raw` of all of them together is what came. */
export type Part =
  /** A whole frame: all types that decide something. */
  | { readonly type: 'frame'; readonly head: FrameHead; readonly raw: Buffer; readonly payload: Buffer }
  /** A piece of a DATA frame, or of a frame of an unknown type; not waited for. `payload` is without head and padding. */
  | {
      readonly type: 'piece';
      readonly head: FrameHead;
      readonly raw: Buffer;
      readonly payload: Buffer;
      readonly first: boolean;
      readonly last: boolean;
    }
  /** The client's preface. */
  | { readonly type: 'preface'; readonly raw: Buffer }
  /** What comes here and later is no HTTP/2 that we can read. */
  | { readonly type: 'broken'; readonly raw: Buffer };

export interface Splitter {
  push(chunk: Buffer): readonly Part[];
  /** Bytes of a frame that is not whole yet. */
  held(): Buffer;
  /** Whether the last part ended in mid-frame: nothing may be put in between. */
  inFrame(): boolean;
}

/** A frame that must be whole to be read may be that long; peers allow 16 KiB unless they say otherwise. */
const wholeLimit = 1024 * 1024;
const known = new Set<number>(Object.values(frameTypes));

/** Splits one direction of an HTTP/2 connection into frames (RFC 9113 section 4.1), fed chunk by chunk. */
export const createSplitter = (from: 'client' | 'server'): Splitter => {
  let held: Buffer = Buffer.alloc(0);
  let expectsPreface = from === 'client';
  let broken = false;
  let open: { readonly head: FrameHead; left: number; data: number } | null = null;

  const next = (bytes: Buffer, at: number): { readonly part: Part; readonly end: number } | null => {
    if (open) return goOn(bytes, at, open);
    if (expectsPreface) return readPreface(bytes, at);
    if (bytes.length - at < frameHeadLength) return null;
    const head = readFrameHead(bytes, at);
    if (head.type === frameTypes.data || !known.has(head.type)) return begin(bytes, at, head);
    const end = at + frameHeadLength + head.length;
    if (head.length > wholeLimit) return fail(bytes, at);
    if (end > bytes.length) return null;
    return { part: { type: 'frame', head, raw: bytes.subarray(at, end), payload: bytes.subarray(at + frameHeadLength, end) }, end };
  };

  const readPreface = (bytes: Buffer, at: number) => {
    const end = at + preface.length;
    if (!preface.startsWith(bytes.toString('latin1', at, end))) return fail(bytes, at);
    if (bytes.length < end) return null;
    expectsPreface = false;
    return { part: { type: 'preface', raw: bytes.subarray(at, end) } as const, end };
  };

  const begin = (bytes: Buffer, at: number, head: FrameHead) => {
    const padded = head.type === frameTypes.data && (head.flags & flags.padded) !== 0 && head.length > 0;
    const start = at + frameHeadLength + (padded ? 1 : 0);
    if (bytes.length < start) return null;
    const padding = padded ? (bytes[start - 1] ?? 0) : 0;
    const left = head.length - (padded ? 1 : 0);
    open = { head, left, data: Math.max(0, left - padding) };
    return goOn(bytes, at, open, start);
  };

  const goOn = (bytes: Buffer, at: number, frame: NonNullable<typeof open>, start = at) => {
    if (start === at && bytes.length === at) return null;
    const taken = Math.min(frame.left, bytes.length - start);
    const data = Math.min(frame.data, taken);
    frame.left -= taken;
    frame.data -= data;
    const end = start + taken;
    if (frame.left === 0) open = null;
    return {
      part: {
        type: 'piece',
        head: frame.head,
        raw: bytes.subarray(at, end),
        payload: bytes.subarray(start, start + data),
        first: start !== at,
        last: frame.left === 0,
      } as const,
      end,
    };
  };

  const fail = (bytes: Buffer, at: number) => {
    broken = true;
    return { part: { type: 'broken', raw: bytes.subarray(at) } as const, end: bytes.length };
  };

  return {
    push: (chunk) => {
      if (broken) return [{ type: 'broken', raw: chunk }];
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const parts: Part[] = [];
      let at = 0;
      while (at < bytes.length) {
        const found = next(bytes, at);
        if (!found) break;
        parts.push(found.part);
        at = found.end;
      }
      // The chunk is only lent, and small where something is held.
      held = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
      return parts;
    },
    held: () => held,
    inFrame: () => open !== null,
  };
};
