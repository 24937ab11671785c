import type { Sender } from '../model/frame.js';
import { safeJson } from './codec.js';

/** The size of one slab, in bytes. */
export const slabBytes = 256 * 1024;
/** Before each entry: kind and handle of the exchange in 32 bits, length in 32 bits, time as a double. Entries start at multiples of 8. */
export const entryHead = 16;
/** A chunk over this is recorded as several events, so that it always fits into a slab. */
const pieceBytes = 128 * 1024;

/** What an entry holds. `name` gives the JSON text of an exchange's id to the next handle of this slab; `line` is a finished line. */
export const kinds = { client: 0, server: 1, name: 2, line: 3 } as const;

export const aligned = (length: number): number => (length + 7) & ~7;

/** A filled slab. Handles of exchanges are counted anew in each slab, so every slab can be read alone and nothing needs forgetting. */
export interface Slab {
  readonly buffer: ArrayBuffer;
  readonly used: number;
}

export interface Packer {
  /** A finished line, without its line feed. */
  line(text: string): void;
  bytes(exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void;
  /** Gives away the slab in hand, if anything is in it. */
  send(): void;
}

export interface PackerPorts {
  /** An empty buffer of at least `bytes`. */
  take(bytes: number): ArrayBuffer;
  give(slab: Slab): void;
  /** The first entry of a slab was written. */
  began(): void;
}

/** Copies events and chunks into slabs, in their order. Chunks cost one copy: no object, no text, no base64 on this thread. */
export const createPacker = ({ take, give, began }: PackerPorts): Packer => {
  let buffer = new ArrayBuffer(0);
  let bytes = Buffer.from(buffer);
  let words = new Uint32Array(buffer);
  let times = new Float64Array(buffer);
  let at = 0;
  const handles = new Map<string, number>();

  const send = (): void => {
    if (at === 0) return;
    const slab = { buffer, used: at };
    buffer = new ArrayBuffer(0);
    bytes = Buffer.from(buffer);
    at = 0;
    give(slab);
  };

  const reserve = (need: number): void => {
    if (at + need <= bytes.length) return;
    send();
    buffer = take(Math.max(need, slabBytes));
    bytes = Buffer.from(buffer);
    words = new Uint32Array(buffer);
    times = new Float64Array(buffer);
    handles.clear();
    began();
  };

  const head = (kind: number, length: number, handle: number): void => {
    const word = at >> 2;
    words[word] = handle * 4 + kind;
    words[word + 1] = length;
  };

  /** Makes room for an entry of `need` bytes and for its exchange's name, which a fresh slab does not know. */
  const introduce = (exchange: string, need: number): number => {
    const name = safeJson(exchange);
    const length = Buffer.byteLength(name);
    reserve(need + entryHead + aligned(length));
    const handle = handles.size;
    handles.set(exchange, handle);
    head(kinds.name, length, handle);
    bytes.write(name, at + entryHead);
    at += entryHead + aligned(length);
    return handle;
  };

  const piece = (exchange: string, kind: number, chunk: Uint8Array, atMs: number): void => {
    const need = entryHead + aligned(chunk.length);
    const known = handles.get(exchange);
    const handle = known === undefined || at + need > bytes.length ? introduce(exchange, need) : known;
    head(kind, chunk.length, handle);
    times[(at >> 3) + 1] = atMs;
    bytes.set(chunk, at + entryHead);
    at += need;
  };

  return {
    send,
    line(text) {
      const length = Buffer.byteLength(text);
      reserve(entryHead + aligned(length));
      head(kinds.line, length, 0);
      bytes.write(text, at + entryHead);
      at += entryHead + aligned(length);
    },
    bytes(exchange, from, chunk, atMs) {
      const kind = from === 'client' ? kinds.client : kinds.server;
      if (chunk.length <= pieceBytes) return piece(exchange, kind, chunk, atMs);
      for (let start = 0; start < chunk.length; start += pieceBytes) {
        piece(exchange, kind, chunk.subarray(start, start + pieceBytes), atMs);
      }
    },
  };
};
