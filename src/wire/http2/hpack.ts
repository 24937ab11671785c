import type { HeaderField } from '../../model/head.js';
import { readHuffman } from './huffman.js';
import { staticTable } from './static-table.js';

/** What a header block says, and the table size updates that it begins with, as they stand there. */
export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  readonly sizeUpdates: Uint8Array;
}

/** Reads the header blocks of one direction, in their order: each may change the table that the next one uses (RFC 7541 section 2.2). */
export interface HpackReader {
  /** Null when the block breaks RFC 7541, or a bound of ours; no later block can be read then. */
  read(block: Uint8Array): HeaderBlock | null;
}

/** The most that a peer's table may take, bytes. Chromium asks for 64 KiB, servers for less. */
const tableLimit = 1024 * 1024;
/** Of one block's names and values, bytes: a few bytes of block can name a big entry again and again. */
const blockLimit = 256 * 1024;

export const createHpackReader = (): HpackReader => {
  /** Newest first. */
  const table: HeaderField[] = [];
  let size = 0;
  let limit = 4096;
  let broken = false;

  const evict = (): void => {
    while (size > limit) {
      const last = table.pop();
      size -= last ? sizeOf(last) : size;
    }
  };
  const insert = (field: HeaderField): void => {
    table.unshift(field);
    size += sizeOf(field);
    evict();
  };
  const entry = (index: number): HeaderField | undefined =>
    index <= staticTable.length ? staticTable[index - 1] : table[index - staticTable.length - 1];

  const readBlock = (bytes: Uint8Array): HeaderBlock | null => {
    const cursor = { bytes, at: 0 };
    const fields: HeaderField[] = [];
    let updatesEnd = 0;
    let total = 0;
    while (cursor.at < bytes.length) {
      const first = bytes[cursor.at] ?? 0;
      if ((first & 0xe0) === 0x20) {
        const asked = readInteger(cursor, 5);
        if (asked === null || asked > tableLimit || fields.length > 0) return null;
        limit = asked;
        evict();
        updatesEnd = cursor.at;
        continue;
      }
      const field = first & 0x80 ? entry(readInteger(cursor, 7) ?? 0) : readLiteral(cursor, (first & 0x40) === 0x40 ? 6 : 4, entry);
      if (!field) return null;
      total += sizeOf(field);
      if (total > blockLimit) return null;
      if ((first & 0xc0) === 0x40) insert(field);
      fields.push(field);
    }
    return { fields, sizeUpdates: bytes.subarray(0, updatesEnd) };
  };

  return {
    read: (bytes) => {
      const block = broken ? null : readBlock(bytes);
      broken = block === null;
      return block;
    },
  };
};

/** RFC 7541 section 4.1. */
const sizeOf = ([name, value]: HeaderField): number => name.length + value.length + 32;

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** RFC 7541 section 5.1; null when it is cut short or over 2^28. */
const readInteger = (cursor: Cursor, prefix: number): number | null => {
  const most = 2 ** prefix - 1;
  const first = cursor.bytes[cursor.at];
  if (first === undefined) return null;
  cursor.at += 1;
  let value = first & most;
  if (value < most) return value;
  for (let scale = 1; scale <= 2 ** 21; scale *= 128) {
    const byte = cursor.bytes[cursor.at];
    if (byte === undefined) return null;
    cursor.at += 1;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  return null;
};

const readText = (cursor: Cursor): string | null => {
  const coded = ((cursor.bytes[cursor.at] ?? 0) & 0x80) === 0x80;
  const length = readInteger(cursor, 7);
  if (length === null || cursor.at + length > cursor.bytes.length) return null;
  const bytes = cursor.bytes.subarray(cursor.at, cursor.at + length);
  cursor.at += length;
  return coded ? readHuffman(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
};

const readLiteral = (cursor: Cursor, prefix: number, entry: (index: number) => HeaderField | undefined): HeaderField | null => {
  const index = readInteger(cursor, prefix);
  if (index === null) return null;
  const name = index === 0 ? readText(cursor) : (entry(index)?.[0] ?? null);
  const value = name === null ? null : readText(cursor);
  return name === null || value === null ? null : [name, value];
};

/** A block of literals that touch no table (RFC 7541 section 6.2.2): right whatever the peer's table holds. latin1. */
export const writeHeaderBlock = (fields: readonly HeaderField[]): Buffer =>
  Buffer.concat(fields.flatMap(([name, value]) => [Uint8Array.of(0), ...writeText(name), ...writeText(value)]));

const writeText = (text: string): Uint8Array[] => {
  const bytes = Buffer.from(text, 'latin1');
  return [writeInteger(bytes.length, 7), bytes];
};

const writeInteger = (value: number, prefix: number): Uint8Array => {
  const most = 2 ** prefix - 1;
  if (value < most) return Uint8Array.of(value);
  const bytes = [most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
};
