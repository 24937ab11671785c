import { Buffer } from 'node:buffer';
import type { Event } from '../model/event.js';

type BytesEvent = Extract<Event, { type: 'bytes' }>;

/** One event `bytes` on its way through. It may leave when nobody holds it any more. */
export interface Chunk {
  readonly event: BytesEvent;
  /** Changed in place. */
  readonly bytes: Buffer;
  holds: number;
  changed: boolean;
  /** What takes the place of other bytes with another length; in no order, and never over each other. */
  readonly edits: Edit[];
}
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

export const openChunk = (event: BytesEvent): Chunk => ({
  event,
  bytes: Buffer.from(event.data, 'base64'),
  holds: 0,
  changed: false,
  edits: [],
});

/** In doubt nothing of it leaves. */
export const blankChunk = (chunk: Chunk): void => {
  chunk.bytes.fill('x');
  chunk.edits.length = 0;
  chunk.changed = true;
};

/** The event with what became of its bytes; the same object when nothing did. */
export const closeChunk = (chunk: Chunk): BytesEvent => {
  if (!chunk.changed) return chunk.event;
  const { bytes, edits } = chunk;
  if (edits.length === 0) return { ...chunk.event, data: bytes.toString('base64') };
  edits.sort((one, other) => one.from - other.from);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(bytes.subarray(at, edit.from), edit.bytes);
    at = edit.to;
  }
  parts.push(bytes.subarray(at));
  return { ...chunk.event, data: Buffer.concat(parts).toString('base64') };
};

/** Bytes of a chunk from `from` to before `to`; of a masked frame's payload with the key, and the place in it that the first byte has (RFC 6455 section 5.3). */
export interface Piece {
  readonly chunk: Chunk;
  readonly from: number;
  readonly to: number;
  readonly key: Uint8Array | null;
  readonly phase: number;
}

const sizeOf = (piece: Piece): number => piece.to - piece.from;

/** Bytes that belong together and came in pieces. Holds the chunks of its pieces until they are let go. */
export interface Pieces {
  readonly length: number;
  add(piece: Piece): void;
  /** Unmasked, latin1. */
  text(): string;
  /** Unmasked. */
  bytes(): Buffer;
  /** Writes latin1 text over the bytes from `at` on, masked as they are. */
  write(at: number, text: string): void;
  /** Writes `x` over all from `at` on. */
  blank(at?: number): void;
  /** Lets go of the first so many bytes, or of all. */
  release(count?: number): void;
  readonly parts: readonly Piece[];
}

export const createPieces = (): Pieces => {
  let parts: Piece[] = [];
  let length = 0;

  const read = (piece: Piece, into: Buffer, at: number): void => {
    const { chunk, from, to, key, phase } = piece;
    if (!key) return void chunk.bytes.copy(into, at, from, to);
    for (let index = from, place = phase, target = at; index < to; index++, place++, target++)
      into[target] = (chunk.bytes[index] as number) ^ (key[place & 3] as number);
  };
  const bytes = (): Buffer => {
    const all = Buffer.allocUnsafe(length);
    let at = 0;
    for (const piece of parts) {
      read(piece, all, at);
      at += sizeOf(piece);
    }
    return all;
  };
  /** `byteAt` gives the byte for each place from `start` to before `end`. */
  const put = (start: number, end: number, byteAt: (place: number) => number): void => {
    let at = 0;
    for (const piece of parts) {
      const { chunk, from, key, phase } = piece;
      const size = sizeOf(piece);
      const first = Math.max(start, at);
      const last = Math.min(end, at + size);
      for (let place = first; place < last; place++) {
        const index = place - at;
        chunk.bytes[from + index] = byteAt(place) ^ (key ? (key[(phase + index) & 3] as number) : 0);
      }
      if (last > first) chunk.changed = true;
      at += size;
      if (at >= end) return;
    }
  };
  const letGo = (piece: Piece): void => {
    piece.chunk.holds--;
  };

  return {
    get length() {
      return length;
    },
    get parts() {
      return parts;
    },
    add: (piece) => {
      if (piece.to <= piece.from) return;
      piece.chunk.holds++;
      parts.push(piece);
      length += sizeOf(piece);
    },
    bytes,
    text: () => {
      const [only] = parts;
      if (only && parts.length === 1 && !only.key) return only.chunk.bytes.toString('latin1', only.from, only.to);
      return bytes().toString('latin1');
    },
    write: (at, text) => put(at, at + text.length, (place) => text.charCodeAt(place - at)),
    blank: (at = 0) => put(at, length, () => 0x78),
    release: (count = length) => {
      let left = count;
      let gone = 0;
      while (gone < parts.length && left > 0) {
        const piece = parts[gone] as Piece;
        if (sizeOf(piece) > left) {
          parts[gone] = { ...piece, from: piece.from + left, phase: piece.phase + left };
          left = 0;
          break;
        }
        left -= sizeOf(piece);
        letGo(piece);
        gone++;
      }
      parts = gone === parts.length ? [] : parts.slice(gone);
      length -= count - left;
    },
  };
};
