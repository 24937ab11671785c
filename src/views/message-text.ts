import type { MessageFacts } from '../control/control.js';
import { closeCodeName, readClosePayload } from '../wire/close-code.js';
import { visible } from '../wire/visible.js';
import { isWide } from '../wire/wide-characters.js';
import { bytes as size } from './wording.js';

type Typed = Pick<MessageFacts, 'type' | 'error' | 'cut' | 'compressed' | 'length' | 'wireBytes' | 'frames'>;

const utf8 = new TextDecoder('utf-8');
const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** Bytes that are not UTF-8 are shown as U+FFFD. */
export const textOf = (bytes: Uint8Array): string => utf8.decode(bytes);

/** `1000 normal closure "bye"`. */
export const closeText = (payload: Uint8Array): string => {
  const { code, reason } = readClosePayload(payload);
  return `${code} ${closeCodeName(code)}${reason === '' ? '' : ` "${reason}"`}`;
};

/** Whether a payload is shown as text when nothing else was asked for. */
export const readsAsText = ({ type }: Pick<Typed, 'type'>, bytes: Uint8Array): boolean =>
  type === 'text' || ((type === 'ping' || type === 'pong') && /^[\x20-\x7e]*$/.test(bufferOf(bytes).toString('latin1')));

/** What a list shows of a message: the beginning of its text, or of its bytes in hex. Not yet made visible. */
export const previewOf = (facts: Typed, start: Uint8Array): string => {
  if (facts.type === 'close') return closeText(start);
  if (facts.error !== undefined && facts.compressed) return bufferOf(start).toString('hex');
  return readsAsText(facts, start)
    ? textOf(start)
    : bufferOf(start.subarray(0, 64))
        .toString('hex')
        .replace(/(..)(?=.)/g, '$1 ');
};

/** A megabyte out of a few kilobytes is a bomb, or wants to be one. */
const bombRatio = 100;
const bombBytes = 1024 * 1024;

const isBomb = ({ compressed, length, wireBytes }: Typed): boolean => compressed && length >= bombBytes && length / wireBytes >= bombRatio;

/** The same for a list, where the sentence leaves room for nothing else. */
export const markOf = (facts: Typed): string | undefined =>
  facts.error ?? (isBomb(facts) ? 'compression bomb' : facts.cut ? 'cut' : undefined);

/** What is wrong with a message, or special, in a sentence; undefined of most. */
export const warningOf = (facts: Typed): string | undefined => {
  const { error, cut, length, wireBytes } = facts;
  if (error !== undefined) return error;
  if (isBomb(facts)) {
    const times = Math.round(length / wireBytes);
    return `A compression bomb: ${size(wireBytes)} on the wire inflate to ${cut ? 'at least ' : ''}${size(length)}, ${times} times as much.`;
  }
  return cut ? `It is cut: only its beginning is shown, of ${size(length)}.` : undefined;
};

/** Text of any origin, made visible, as lines of at most `width` columns. Its line feeds end lines. */
export const layOut = (text: string, width: number): string[] =>
  text.split('\n').flatMap((line) => {
    const shown = visible(line);
    return /^[\x20-\x7e]*$/.test(shown) ? inPieces(shown, width) : inColumns(shown, width);
  });

const inPieces = (text: string, width: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(text.length / width)) }, (_, index) => text.slice(index * width, (index + 1) * width));

/** No line begins with a mark that belongs to the character before it. */
const inColumns = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let from = 0;
  let used = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const columns = mostColumns(code);
    if (used + columns > width && columns > 0 && at > from) {
      lines.push(text.slice(from, at));
      from = at;
      used = 0;
    }
    used += columns;
    at += code > 0xffff ? 2 : 1;
  }
  return [...lines, text.slice(from)];
};

const keycap = 0x20e3;
const known = new Uint8Array(0x110000).fill(255);

/**
 * The most columns that a character adds to a line. `displayWidth` knows what joins and counts less, but takes a hundred times as long, and
 * Node's segmenter a time that grows with the square of the text.
 */
const mostColumns = (code: number): number => {
  if (code < 0x300) return 1;
  if (known[code] === 255) {
    const character = String.fromCodePoint(code);
    const wide = isWide(character) || /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(character);
    known[code] = wide ? 2 : code !== keycap && /[\p{Mn}\p{Me}]/u.test(character) ? 0 : 1;
  }
  return known[code] ?? 1;
};
