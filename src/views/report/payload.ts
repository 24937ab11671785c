import { isUtf8 } from 'node:buffer';
import { readClosePayload } from '../../wire/close-code.js';
import type { Message } from '../../wire/messages.js';
import { closeOf } from '../wording.js';
import { jsonLines } from './json-lines.js';

/** A report shows so much of one payload: text in bytes as they crossed, other bytes as a hex dump. */
export const textLimit = 2048;
export const hexLimit = 512;
/** Of a payload so much is held while it waits to be written. */
const heldLimit = 4 * textLimit;

/** A payload as a report shows it. */
export interface Preview {
  /** Its beginning on one line, unescaped; at most 160 characters. */
  readonly line: string;
  /** More of it, on several lines; null when the line says it all. */
  readonly more: string | null;
  /** How the rest is written. */
  readonly form: 'text' | 'json' | 'hex' | 'close' | 'empty';
  /** Bytes of the payload that are not shown. */
  readonly left: number;
}

/** What a report needs of a message, without the chunk that its bytes lie in. */
export type Held = Omit<Message, 'bytes'> & { readonly bytes: Buffer; readonly at: string; readonly number: number };

export const hold = (message: Message, at: string, number: number): Held => {
  const start = message.bytes.subarray(0, heldLimit);
  return { ...message, bytes: Buffer.from(start), at, number };
};

const lineLimit = 160;
const lineOf = (text: string): string => (text.length <= lineLimit ? text : `${text.slice(0, lineLimit).replace(/[\ud800-\udbff]$/, '')}…`);

/** The longest start that ends between two characters of UTF-8, when it is UTF-8 up to there. */
const textOf = (bytes: Buffer, whole: boolean): string | null => {
  for (let missing = 0; missing <= (whole ? 0 : Math.min(3, bytes.length)); missing++) {
    const start = bytes.subarray(0, bytes.length - missing);
    if (isUtf8(start)) return start.toString('utf8');
  }
  return null;
};

const dumpRow = (bytes: Buffer, at: number): string => {
  const row = bytes.subarray(at, at + 16);
  const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0'));
  const columns = `${hex.slice(0, 8).join(' ').padEnd(23)}  ${hex.slice(8).join(' ').padEnd(23)}`;
  return `${at.toString(16).padStart(4, '0')}  ${columns}  ${row.toString('latin1').replace(/[^\x20-\x7e]/g, '.')}`;
};

/** As `hexdump -C` writes it. */
const hexDump = (bytes: Buffer): string =>
  Array.from({ length: Math.ceil(bytes.length / 16) }, (_, index) => dumpRow(bytes, index * 16)).join('\n');

const hexPreview = (bytes: Buffer, length: number): Preview => {
  const start = bytes
    .subarray(0, 16)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ');
  const line = length > 16 ? `${start} …` : start;
  return { line, more: length > 16 ? hexDump(bytes.subarray(0, hexLimit)) : null, form: 'hex', left: Math.max(0, length - hexLimit) };
};

const textPreview = (text: string, bytes: Buffer, length: number): Preview => {
  const json = jsonLines(text, { cut: bytes.length < length, most: textLimit });
  if (json) {
    const left = length - Buffer.byteLength(text.slice(0, json.taken));
    const flat = text.trim();
    return { line: lineOf(flat), more: flat.length > 100 ? json.lines : null, form: 'json', left };
  }
  const shown = textOf(bytes.subarray(0, textLimit), bytes.length <= textLimit) ?? '';
  const short = shown.length <= lineLimit && !shown.includes('\n') && length <= textLimit;
  return { line: lineOf(shown), more: short ? null : shown, form: 'text', left: length - Buffer.byteLength(shown) };
};

export const previewOf = ({ type, bytes, length }: Pick<Held, 'type' | 'bytes' | 'length'>): Preview => {
  if (length === 0) return { line: '', more: null, form: 'empty', left: 0 };
  if (type === 'close' && bytes.length >= 2) return { line: closeOf(readClosePayload(bytes)), more: null, form: 'close', left: 0 };
  const text = type === 'binary' ? null : textOf(bytes, bytes.length === length);
  // Pings carry any bytes; most carry a time or a word.
  const readable = text !== null && (type === 'text' || /^[\x20-\x7e]*$/.test(text));
  return readable ? textPreview(text, bytes, length) : hexPreview(bytes, length);
};
