import type { MessageFacts } from '../control/control.js';
import { closeCodeName, readClosePayload } from '../wire/close-code.js';
import { displayWidth, visible } from '../wire/visible.js';
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

/** What is wrong with a message, or special, in a sentence; undefined of most. */
export const warningOf = ({ error, cut, compressed, length, wireBytes }: Typed): string | undefined => {
  if (error !== undefined) return error;
  const bomb = compressed && length >= bombBytes && length / wireBytes >= bombRatio;
  if (bomb) {
    const times = Math.round(length / wireBytes);
    return `A compression bomb: ${size(wireBytes)} on the wire inflate to ${cut ? 'at least ' : ''}${size(length)}, ${times} times as much.`;
  }
  return cut ? `It is cut: only its beginning is shown, of ${size(length)}.` : undefined;
};

const segmenter = new Intl.Segmenter();

/** Text of any origin, made visible, as lines of at most `width` columns. Its line feeds end lines. */
export const layOut = (text: string, width: number): string[] =>
  text.split('\n').flatMap((line) => {
    const shown = visible(line);
    return /^[\x20-\x7e]*$/.test(shown) ? inPieces(shown, width) : inGraphemes(shown, width);
  });

const inPieces = (text: string, width: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(text.length / width)) }, (_, index) => text.slice(index * width, (index + 1) * width));

const inGraphemes = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let from = 0;
  let used = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    const columns = displayWidth(segment);
    if (used + columns > width && index > from) {
      lines.push(text.slice(from, index));
      from = index;
      used = 0;
    }
    used += columns;
  }
  return [...lines, text.slice(from)];
};
