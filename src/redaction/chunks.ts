import { Buffer } from 'node:buffer';
import type { Event } from '../model/event.js';

type BytesEvent = Extract<Event, { type: 'bytes' | 'given' }>;

/** One event `bytes` or `given` on its way through. It may leave when nobody holds it any more. */
export interface Chunk {
  readonly event: BytesEvent;
  /** Changed in place. */
  readonly bytes: Buffer;
  holds: number;
  changed: boolean;
  /** What takes the place of other bytes with another length; in no order, and never over each other. */
  edits: Edit[] | null;
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
  edits: null,
});

/** In doubt nothing of it leaves. */
export const blankChunk = (chunk: Chunk): void => {
  chunk.bytes.fill('x');
  chunk.edits = null;
  chunk.changed = true;
};

/** The event with what became of its bytes; the same object when nothing did. */
export const closeChunk = (chunk: Chunk): BytesEvent => {
  if (!chunk.changed) return chunk.event;
  const { bytes, edits } = chunk;
  if (!edits) return { ...chunk.event, data: bytes.toString('base64') };
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

const unmasked = (piece: Piece, into: Buffer, at: number): void => {
  const { chunk, from, to, key, phase } = piece;
  if (!key) {
    chunk.bytes.copy(into, at, from, to);
    return;
  }
  for (let index = from, place = phase, target = at; index < to; index++, place++, target++)
    into[target] = (chunk.bytes[index] as number) ^ (key[place & 3] as number);
};

/** The bytes of one piece, unmasked, latin1. */
export const textOf = (piece: Piece): string => {
  const { chunk, from, to, key } = piece;
  if (!key) return chunk.bytes.toString('latin1', from, to);
  const bytes = Buffer.allocUnsafe(to - from);
  unmasked(piece, bytes, 0);
  return bytes.toString('latin1');
};

/** Writes latin1 text over the bytes of a piece from `at` on, masked as they are. */
export const writeOver = ({ chunk, from, key, phase }: Piece, at: number, text: string): void => {
  chunk.changed = true;
  for (let index = 0; index < text.length; index++)
    chunk.bytes[from + at + index] = text.charCodeAt(index) ^ (key ? (key[(phase + at + index) & 3] as number) : 0);
};

/** Bytes that belong together and came in pieces. Holds the chunks of its pieces until they are let go. */
export class Pieces {
  private parts: Piece[] = [];
  /** Where each piece begins, counted from the first byte that ever came; `gone` of these are let go. */
  private starts: number[] = [];
  private gone = 0;
  private end = 0;

  get length(): number {
    return this.end - this.gone;
  }
  get count(): number {
    return this.parts.length;
  }

  add(piece: Piece): void {
    if (piece.to <= piece.from) return;
    piece.chunk.holds++;
    this.parts.push(piece);
    this.starts.push(this.end);
    this.end += sizeOf(piece);
  }

  /** Unmasked. */
  bytes(): Buffer {
    const all = Buffer.allocUnsafe(this.length);
    for (const [nth, piece] of this.parts.entries()) unmasked(piece, all, (this.starts[nth] as number) - this.gone);
    return all;
  }

  /** Unmasked, latin1. */
  text(): string {
    const [only] = this.parts;
    return only && this.parts.length === 1 ? textOf(only) : this.bytes().toString('latin1');
  }

  /** Writes latin1 text over the bytes from `at` on, masked as they are. */
  write(at: number, text: string): void {
    const from = this.gone + at;
    const to = from + text.length;
    for (let nth = this.pieceAt(from); nth < this.parts.length; nth++) {
      const start = this.starts[nth] as number;
      if (start >= to) return;
      const piece = this.parts[nth] as Piece;
      const first = Math.max(from, start);
      writeOver(piece, first - start, text.slice(first - from, Math.min(to, start + sizeOf(piece)) - from));
    }
  }

  /** Writes `x` over all of it. */
  blank(): void {
    for (const piece of this.parts) writeOver(piece, 0, 'x'.repeat(sizeOf(piece)));
  }

  /** Lets go of the first so many bytes, or of all. */
  release(count = this.length): void {
    this.gone += count;
    let nth = 0;
    for (; nth < this.parts.length; nth++) {
      const piece = this.parts[nth] as Piece;
      const start = this.starts[nth] as number;
      if (start + sizeOf(piece) > this.gone) {
        const less = Math.max(0, this.gone - start);
        this.parts[nth] = { ...piece, from: piece.from + less, phase: piece.phase + less };
        this.starts[nth] = start + less;
        break;
      }
      piece.chunk.holds--;
    }
    this.parts = this.parts.slice(nth);
    this.starts = this.starts.slice(nth);
  }

  /** The piece that holds the byte at a place, by halving: a message may have come in a million pieces. */
  private pieceAt(place: number): number {
    let low = 0;
    let high = this.parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
