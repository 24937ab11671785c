/** Base64 inside one memory: `bytes` holds what is to be encoded and takes the text. */
export interface Base64Memory {
  readonly bytes: Buffer;
  /** Encodes `length` bytes at `from` to `to` and returns the length of the text. Up to `slack` bytes behind the text are overwritten. */
  encode(from: number, length: number, to: number): number;
}

/** How far the encoder reads behind its source and writes behind its text, in bytes. */
export const slack = 16;

/** The part of the global that is used here; the typings of Node 20 have none of it. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, object>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};

const pageBytes = 65_536;
const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PAD = 0x3d;

/**
 * `Buffer.toString('base64')` makes a string of each payload, and the collection of those cost the writer's thread more than the encoding.
 * JavaScript alone has no other way that is fast for long payloads, WebAssembly has: 12 bytes become 16 characters in some 15 instructions.
 */
export const createBase64Memory = (size: number): Base64Memory => simdMemory(size) ?? stringMemory(size);

/** For a Node without WebAssembly (`--jitless`), or one that may not reserve the address space. */
export const stringMemory = (size: number): Base64Memory => {
  const bytes = Buffer.allocUnsafeSlow(size);
  return { bytes, encode: (from, length, to) => bytes.write(bytes.toString('base64', from, from + length), to, 'latin1') };
};

export const simdMemory = (size: number): Base64Memory | null => {
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / pageBytes) });
    const { encode } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(wasm)), { env: { memory } }).exports;
    return overWasm(Buffer.from(memory.buffer), encode as (from: number, to: number, out: number) => void);
  } catch {
    return null;
  }
};

const overWasm = (bytes: Buffer, blocks: (from: number, to: number, out: number) => void): Base64Memory => ({
  bytes,
  encode: (from, length, to) => {
    if (length === 0) return 0;
    blocks(from, from + length, to);
    const groups = Math.floor(length / 3);
    const rest = length - groups * 3;
    if (rest === 0) return groups * 4;
    // The last group was made with whatever lies behind the source.
    const at = to + groups * 4;
    const first = bytes[from + groups * 3] as number;
    const second = rest === 2 ? (bytes[from + length - 1] as number) : 0;
    bytes[at] = alphabet[first >> 2] as number;
    bytes[at + 1] = alphabet[((first & 3) << 4) | (second >> 4)] as number;
    bytes[at + 2] = rest === 2 ? (alphabet[(second & 15) << 2] as number) : PAD;
    bytes[at + 3] = PAD;
    return groups * 4 + 4;
  },
});

/** Sections and vectors of the binary format (WebAssembly core specification, chapter 5): all of ours are shorter than 16 KiB. */
const sized = (...body: readonly number[]): number[] => [(body.length & 0x7f) | 0x80, body.length >> 7, ...body];
const named = (text: string): number[] => [text.length, ...Buffer.from(text)];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const i32 = (value: number): number[] => [0x41, value];
const repeat = (count: number, ...bytes: readonly number[]): number[] => Array.from({ length: count }, () => bytes).flat();
const vector = (...bytes: readonly number[]): number[] => [0xfd, 0x0c, ...repeat(16 / bytes.length, ...bytes)];

const load = [0xfd, 0x00, 0, 0];
const store = [0xfd, 0x0b, 0, 0];
const shuffle = [0xfd, 0x0d];
const swizzle = [0xfd, 0x0e];
const greater8 = [0xfd, 0x27];
const and = [0xfd, 0x4e];
const or = [0xfd, 0x50];
const add8 = [0xfd, 0x6e];
const subtractSaturated8 = [0xfd, 0x73];
const shiftRight16 = [0xfd, 0x8d, 0x01];
const multiply16 = [0xfd, 0x95, 0x01];

const [from, to, out, three, six] = [0, 1, 2, 3, 4];
const constants = [
  vector(0xff, 0xff, 0, 0),
  vector(0, 0, 0x3f, 0),
  vector(0xf0, 0x03, 0x3f, 0),
  vector(0x10, 0, 0, 0x01),
  vector(51),
  vector(26),
  vector(13),
  // What is added to six bits, by the class that `subtractSaturated8` finds: a-z, ten digits, +, /, A-Z.
  vector(71, ...repeat(10, 252), 237, 240, 65, 0, 0),
] as const;
const [lowHalf, sixInHigh, lowSix, toTheLeft, afterLetters, lettersInCase, capitals, shifts] = constants.map((_, nth) => 5 + nth) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Wojciech Mula's and Daniel Lemire's method ("Faster Base64 Encoding and Decoding using AVX2 Instructions", 2018), 12 bytes a turn. */
const code = [
  ...[1, 2 + constants.length, 0x7b],
  ...constants.flatMap((constant, nth) => [...constant, ...set(5 + nth)]),
  ...[0x03, 0x40],
  // Each three bytes a b c as b a c b, so that every six bits lie inside 16.
  ...get(from),
  ...load,
  ...set(three),
  ...get(three),
  ...get(three),
  ...shuffle,
  1,
  0,
  2,
  1,
  4,
  3,
  5,
  4,
  7,
  6,
  8,
  7,
  10,
  9,
  11,
  10,
  ...set(three),
  ...get(three),
  ...i32(10),
  ...shiftRight16,
  ...get(lowHalf),
  ...and,
  ...get(three),
  ...i32(6),
  ...shiftRight16,
  ...get(sixInHigh),
  ...and,
  ...or,
  ...get(three),
  ...get(lowSix),
  ...and,
  ...get(toTheLeft),
  ...multiply16,
  ...or,
  ...set(six),
  ...get(out),
  ...get(shifts),
  ...get(six),
  ...get(afterLetters),
  ...subtractSaturated8,
  ...get(lettersInCase),
  ...get(six),
  ...greater8,
  ...get(capitals),
  ...and,
  ...or,
  ...swizzle,
  ...get(six),
  ...add8,
  ...store,
  ...get(out),
  ...i32(16),
  0x6a,
  ...set(out),
  ...get(from),
  ...i32(12),
  0x6a,
  ...set(from),
  ...get(from),
  ...get(to),
  0x49,
  0x0d,
  0,
  ...[0x0b, 0x0b],
];

/** (import "env" "memory" (memory 1)) (func (export "encode") (param $from i32) (param $to i32) (param $out i32)) */
const wasm = [
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, ...sized(1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0)],
  ...[2, ...sized(1, ...named('env'), ...named('memory'), 2, 0, 1)],
  ...[3, ...sized(1, 0)],
  ...[7, ...sized(1, ...named('encode'), 0, 0)],
  ...[10, ...sized(1, ...sized(...code))],
];
