import { isoTime } from '../model/clock.js';
import { aligned, entryHead, kinds, type Slab } from './slab.js';

const outBytes = 512 * 1024;
const LF = 0x0a;
const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PAD = 0x3d;
/** Under this many bytes a loop over a table beats the call into native code and the text that it makes. */
const shortBytes = 96;

const timeStart = Buffer.from('{"at":"');
const timeBytes = isoTime(0).length;
const lineEnd = Buffer.from('"}\n');

/** Writes base64 of `source` from `from` to `to` into `out` at `at`; returns the offset behind it. */
const writeBase64 = (out: Buffer, at: number, { source, from, to }: { source: Buffer; from: number; to: number }): number => {
  if (to - from > shortBytes) return at + out.write(source.toString('base64', from, to), at, 'latin1');
  let target = at;
  let start = from;
  for (; start + 2 < to; start += 3) {
    const three = ((source[start] as number) << 16) | ((source[start + 1] as number) << 8) | (source[start + 2] as number);
    out[target] = alphabet[three >> 18] as number;
    out[target + 1] = alphabet[(three >> 12) & 63] as number;
    out[target + 2] = alphabet[(three >> 6) & 63] as number;
    out[target + 3] = alphabet[three & 63] as number;
    target += 4;
  }
  if (start === to) return target;
  const two = ((source[start] as number) << 8) | (start + 1 < to ? (source[start + 1] as number) : 0);
  out[target] = alphabet[two >> 10] as number;
  out[target + 1] = alphabet[(two >> 4) & 63] as number;
  out[target + 2] = start + 1 < to ? (alphabet[(two & 15) << 2] as number) : PAD;
  out[target + 3] = PAD;
  return target + 4;
};

/** Writes the same as `isoTime`; a Date is made once a second only, because it costs as much as all the rest of a line. */
const createTimeWriter = () => {
  const text = Buffer.from(isoTime(0));
  let known = 0;
  return (out: Buffer, at: number, ms: number): void => {
    let whole = Math.floor(ms);
    let micros = Math.round((ms - whole) * 1000);
    if (micros === 1000) [whole, micros] = [whole + 1, 0];
    const second = Math.floor(whole / 1000);
    if (second !== known) text.write(isoTime(second * 1000), 'latin1');
    known = second;
    let rest = (whole - second * 1000) * 1000 + micros;
    for (let digit = timeBytes - 2; digit > timeBytes - 8; digit--) {
      text[digit] = 0x30 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    out.set(text, at);
  };
};

/** What stands between the time and the payload of an event `bytes`; the same as `encodeEvent` gives. */
const middleOf = (name: string, from: string): Buffer => Buffer.from(`","exchange":${name},"type":"bytes","from":"${from}","data":"`);

/**
 * Turns slabs into lines of a recording. `write` gets whole lines only, in a buffer that is used again after it returns.
 * Runs in the worker; in memory-only mode, where someone reads.
 */
export const createLineMaker = (write: (bytes: Buffer, length: number) => void): ((slab: Slab) => void) => {
  let out = Buffer.allocUnsafeSlow(outBytes);
  let at = 0;
  const writeTime = createTimeWriter();

  const flush = (): void => {
    if (at > 0) write(out, at);
    at = 0;
  };
  const reserve = (need: number): void => {
    if (at + need <= out.length) return;
    flush();
    if (need > out.length) out = Buffer.allocUnsafeSlow(need);
  };

  return ({ buffer, used }) => {
    const source = Buffer.from(buffer, 0, used);
    const words = new Uint32Array(buffer);
    const times = new Float64Array(buffer);
    const middles: (readonly [client: Buffer, server: Buffer])[] = [];
    for (let entry = 0; entry < used; ) {
      const tag = words[entry >> 2] as number;
      const length = words[(entry >> 2) + 1] as number;
      const from = entry + entryHead;
      const kind = tag & 3;
      entry = from + aligned(length);
      if (kind === kinds.name) {
        const name = source.toString('utf8', from, from + length);
        middles.push([middleOf(name, 'client'), middleOf(name, 'server')]);
        continue;
      }
      if (kind === kinds.line) {
        reserve(length + 1);
        at += source.copy(out, at, from, from + length);
        out[at++] = LF;
        continue;
      }
      const middle = middles[tag >> 2]?.[kind as 0 | 1];
      if (!middle) throw new RangeError(`a slab's entry names the unknown handle ${tag >> 2}`);
      reserve(timeStart.length + timeBytes + middle.length + Math.ceil(length / 3) * 4 + lineEnd.length);
      out.set(timeStart, at);
      writeTime(out, at + timeStart.length, times[(from >> 3) - 1] as number);
      out.set(middle, at + timeStart.length + timeBytes);
      at = writeBase64(out, at + timeStart.length + timeBytes + middle.length, { source, from, to: from + length });
      out.set(lineEnd, at);
      at += lineEnd.length;
    }
    flush();
  };
};
