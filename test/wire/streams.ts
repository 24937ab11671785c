import fc from 'fast-check';
import type { AgreedDeflate } from '../../src/wire/extensions.js';

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The stream cut at every one of these offsets, which need not be in order. */
export const cutAt = (stream: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const places = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((one, other) => one - other), stream.length];
  return places.slice(1).map((end, index) => stream.subarray(places[index], end));
};

/** Whole, byte by byte, and cut in two at every byte (of long streams: near both ends). */
export const everySplit = (stream: Uint8Array): Uint8Array[][] => {
  const cuts = stream.length <= 300 ? stream.keys() : [...Array(20).keys(), stream.length - 2, stream.length - 1];
  return [[stream], cutAt(stream, [...stream.keys()]), ...[...cuts].map((cut) => cutAt(stream, [cut]))];
};

/** A stream in random pieces. */
export const pieces = (stream: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array[]> =>
  fc.tuple(stream, fc.array(fc.nat(2000), { maxLength: 12 })).map(([bytes, cuts]) => cutAt(bytes, cuts));

export const takeover: AgreedDeflate = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};
