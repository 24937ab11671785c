import { isoTime } from '../model/clock.js';
import { aligned, entryHead, kinds, type Slab } from './slab.js';

const outBytes = 512 * 1024;
const LF = 0x0a;
const PAD = 0x3d;
const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
/** The two characters of every 12 bits, as they lie in memory. */
const pairs = new Uint16Array(4096);
const pairBytes = Buffer.from(pairs.buffer);
for (let bits = 0; bits < 4096; bits++) {
  pairBytes[bits * 2] = alphabet[bits >> 6] as number;
  pairBytes[bits * 2 + 1] = alphabet[bits & 63] as number;
}
/** Up to this many bytes a loop over the table beats the call into native code and the text that it makes. */
const shortBytes = 384;
/** Base64 of a short payload is made at the start of the buffer, two characters at a time, then moved behind its line. */
const scratchBytes = 512;

/** Writes base64 of `source` from `from` to `to` at the start of `out`, of which `halves` is a view; returns its length. */
const shortBase64 = (out: Buffer, halves: Uint16Array, { source, from, to }: { source: Buffer; from: number; to: number }): number => {
  let half = 0;
  let start = from;
  for (; start + 2 < to; start += 3) {
    const three = ((source[start] as number) << 16) | ((source[start + 1] as number) << 8) | (source[start + 2] as number);
    halves[half] = pairs[three >> 12] as number;
    halves[half + 1] = pairs[three & 4095] as number;
    half += 2;
  }
  if (start === to) return half * 2;
  const second = start + 1 < to ? (source[start + 1] as number) : 0;
  halves[half] = pairs[((source[start] as number) << 4) | (second >> 4)] as number;
  out[half * 2 + 2] = start + 1 < to ? (alphabet[(second & 15) << 2] as number) : PAD;
  out[half * 2 + 3] = PAD;
  return half * 2 + 4;
};

const timeAt = '{"at":"'.length;
const lastDigit = timeAt + isoTime(0).length - 2;

/** An event `bytes` up to its payload, as `encodeEvent` writes it, with room for the time. */
interface Template {
  readonly bytes: Buffer;
  /** The second since the epoch that stands in it: a Date costs as much as all the rest of a line, and most fall into a known second. */
  second: number;
}

const templateOf = (name: string, from: string): Template => ({
  bytes: Buffer.from(`{"at":"${isoTime(0)}","exchange":${name},"type":"bytes","from":"${from}","data":"`),
  second: 0,
});

/** Puts the template with the time into `out`; the digits are those of `isoTime`. */
const writeTemplate = (out: Buffer, at: number, { template, ms }: { template: Template; ms: number }): void => {
  let whole = Math.floor(ms);
  let micros = Math.round((ms - whole) * 1000);
  if (micros === 1000) [whole, micros] = [whole + 1, 0];
  const second = Math.floor(whole / 1000);
  if (second !== template.second) template.bytes.write(isoTime(second * 1000), timeAt, 'latin1');
  template.second = second;
  out.set(template.bytes, at);
  let rest = (whole - second * 1000) * 1000 + micros;
  for (let digit = lastDigit; digit > lastDigit - 6; digit--) {
    const tenth = (rest / 10) | 0;
    out[at + digit] = 0x30 + rest - tenth * 10;
    rest = tenth;
  }
};

const lineEnd = '"}\n';

/**
 * Turns slabs into lines of a recording. `write` gets whole lines only, in a buffer that is used again after it returns.
 * Runs in the worker; in memory-only mode, where someone reads.
 */
export const createLineMaker = (write: (bytes: Uint8Array) => void): ((slab: Slab) => void) => {
  let out = Buffer.allocUnsafeSlow(outBytes);
  let halves = new Uint16Array(out.buffer);
  let at = scratchBytes;

  const flush = (): void => {
    if (at > scratchBytes) write(out.subarray(scratchBytes, at));
    at = scratchBytes;
  };
  const reserve = (need: number): void => {
    if (at + need <= out.length) return;
    flush();
    if (scratchBytes + need <= out.length) return;
    out = Buffer.allocUnsafeSlow(scratchBytes + aligned(need));
    halves = new Uint16Array(out.buffer);
  };

  const payload = (source: Buffer, from: number, to: number): void => {
    if (to - from > shortBytes) {
      at += out.write(source.toString('base64', from, to), at, 'latin1');
      return;
    }
    const length = shortBase64(out, halves, { source, from, to });
    out.copyWithin(at, 0, length);
    at += length;
  };

  return ({ buffer, used }) => {
    const source = Buffer.from(buffer, 0, used);
    const words = new Uint32Array(buffer);
    const times = new Float64Array(buffer);
    const templates: (readonly [client: Template, server: Template])[] = [];
    for (let entry = 0; entry < used; ) {
      const tag = words[entry >> 2] as number;
      const length = words[(entry >> 2) + 1] as number;
      const from = entry + entryHead;
      const kind = tag & 3;
      entry = from + aligned(length);
      if (kind === kinds.name) {
        const name = source.toString('utf8', from, from + length);
        templates.push([templateOf(name, 'client'), templateOf(name, 'server')]);
      } else if (kind === kinds.line) {
        reserve(length + 1);
        at += source.copy(out, at, from, from + length);
        out[at++] = LF;
      } else {
        const template = templates[tag >> 2]?.[kind as 0 | 1];
        if (!template) throw new RangeError(`a slab's entry names the unknown handle ${tag >> 2}`);
        reserve(template.bytes.length + Math.ceil(length / 3) * 4 + lineEnd.length);
        writeTemplate(out, at, { template, ms: times[(from >> 3) - 1] as number });
        at += template.bytes.length;
        payload(source, from, from + length);
        out[at] = 0x22;
        out[at + 1] = 0x7d;
        out[at + 2] = LF;
        at += lineEnd.length;
      }
    }
    flush();
  };
};
