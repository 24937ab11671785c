import { isoTime } from '../model/clock.js';
import { createBase64Memory, slack } from './base64.js';
import { aligned, entryHead, kinds, type Slab, slabBytes } from './slab.js';

const LF = 0x0a;
/** Two areas of one memory: the text, and behind it the slab at hand. */
const outBytes = 512 * 1024;
/** Exchanges whose templates are kept from slab to slab; then they are made anew. */
const mostTemplates = 4096;

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
const lineFeed = Buffer.from([LF]);
type Pair = readonly [client: Template, server: Template];

/** What keeps payloads out of a recording that may not grow further. */
export interface PayloadGate {
  /** Whether a line of that many bytes may be written behind `pending` that are on their way. */
  admits(pending: number, line: number): boolean;
  /** A payload stays out. Returns the lines to write in its place, or ''. `name` is the exchange's id as JSON. */
  keepsOut(name: string, from: 'client' | 'server', facts: { readonly bytes: number; readonly ms: number }): string;
  /** What to write before this line, or ''. */
  before(line: Buffer): string;
}

/**
 * Turns slabs into lines of a recording. `write` gets whole lines only, in a buffer that is used again after it returns.
 * Runs in the worker; in memory-only mode, where someone reads.
 */
export const createLineMaker = (write: (bytes: Uint8Array) => void, gate?: PayloadGate): ((slab: Slab) => void) => {
  let memory = createBase64Memory(outBytes + slabBytes + slack);
  let out = memory.bytes;
  let at = 0;
  const known = new Map<string, Pair>();

  const flush = (): void => {
    if (at > 0) write(out.subarray(0, at));
    at = 0;
  };
  const reserve = (need: number): void => {
    if (at + need + slack > outBytes) flush();
  };
  const put = (text: string): void => {
    const length = Buffer.byteLength(text);
    reserve(length);
    out.write(text, at);
    at += length;
  };
  const templatesOf = (name: string): Pair => {
    const pair = known.get(name) ?? [templateOf(name, 'client'), templateOf(name, 'server')];
    if (known.size >= mostTemplates) known.clear();
    known.set(name, pair);
    return pair;
  };

  return ({ buffer, used }) => {
    if (outBytes + used + slack > out.length) {
      memory = createBase64Memory(outBytes + used + slack);
      out = memory.bytes;
    }
    out.set(new Uint8Array(buffer, 0, used), outBytes);
    const words = new Uint32Array(buffer);
    const times = new Float64Array(buffer);
    const templates: Pair[] = [];
    const names: string[] = [];
    for (let entry = 0; entry < used; ) {
      const tag = words[entry >> 2] as number;
      const length = words[(entry >> 2) + 1] as number;
      const ms = times[(entry >> 3) + 1] as number;
      const from = outBytes + entry + entryHead;
      const kind = tag & 3;
      entry += entryHead + aligned(length);
      if (kind === kinds.name) {
        const name = out.toString('utf8', from, from + length);
        templates.push(templatesOf(name));
        if (gate) names.push(name);
      } else if (kind === kinds.line) {
        if (gate) put(gate.before(out.subarray(from, from + length)));
        reserve(length + 1);
        if (length + 1 > outBytes) write(Buffer.concat([out.subarray(from, from + length), lineFeed]));
        else {
          out.copyWithin(at, from, from + length);
          out[at + length] = LF;
          at += length + 1;
        }
      } else {
        const template = templates[tag >> 2]?.[kind as 0 | 1];
        if (!template) throw new RangeError(`a slab's entry names the unknown handle ${tag >> 2}`);
        const need = template.bytes.length + Math.ceil(length / 3) * 4 + lineEnd.length;
        if (gate && !gate.admits(at, need)) {
          put(gate.keepsOut(names[tag >> 2] ?? '', kind === kinds.client ? 'client' : 'server', { bytes: length, ms }));
          continue;
        }
        reserve(need);
        writeTemplate(out, at, { template, ms });
        at += template.bytes.length;
        at += memory.encode(from, length, at);
        out[at] = 0x22;
        out[at + 1] = 0x7d;
        out[at + 2] = LF;
        at += lineEnd.length;
      }
    }
    flush();
  };
};
