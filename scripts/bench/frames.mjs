// Frames that are built once and patched with a sequence number, so that the load generator costs less than what it measures.
const variants = 16;
const key = 0x37fa213d;

/** Bytes that look random and are the same in every run: a 32-bit xorshift seeded by the variant. */
const bodyOf = (variant, size) => {
  const body = Buffer.alloc(size);
  let state = 0x9e3779b9 ^ (variant + 1);
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    body[at] = state & 0xff;
  }
  return body;
};

/** RFC 6455 section 5.2: one final binary frame; `mask` is null or the key. */
export const frameHeader = (size, mask, opcode = 2) => {
  const length = size < 126 ? [size] : size < 65536 ? [126, size >> 8, size & 0xff] : [127, 0, 0, 0, 0, ...uint32(size)];
  if (mask === null) return Buffer.from([0x80 | opcode, ...length]);
  return Buffer.from([0x80 | opcode, 0x80 | length[0], ...length.slice(1), ...uint32(mask)]);
};
const uint32 = (value) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];

const build = (size, mask) =>
  Array.from({ length: variants }, (_, variant) => {
    const body = bodyOf(variant, size);
    const header = frameHeader(size, mask);
    if (mask !== null) for (let at = 0; at < size; at++) body[at] ^= header[header.length - 4 + (at & 3)];
    return { bytes: Buffer.concat([header, body]), at: header.length };
  });

/** Messages of `size` bytes (8 at least): connection and sequence number, then a body that the sequence number chooses. */
export const makeFrames = (size) => {
  const sent = build(size, key);
  const echoed = build(size, null);
  const sentLength = sent[0].bytes.length;
  return {
    echoLength: echoed[0].bytes.length,
    /** `count` masked frames in one new buffer, from sequence number `first` on. */
    next: (connection, first, count) => {
      const out = Buffer.allocUnsafe(sentLength * count);
      for (let index = 0; index < count; index++) {
        const sequence = first + index;
        const { bytes, at } = sent[sequence % variants];
        const start = index * sentLength;
        bytes.copy(out, start);
        out.writeUInt32BE((connection ^ key) >>> 0, start + at);
        out.writeUInt32BE((sequence ^ key) >>> 0, start + at + 4);
      }
      return out;
    },
    /** The echo of one message as it must come back. The buffer is shared: compare at once. */
    echo: (connection, sequence) => {
      const { bytes, at } = echoed[sequence % variants];
      bytes.writeUInt32BE(connection, at);
      bytes.writeUInt32BE(sequence, at + 4);
      return bytes;
    },
  };
};
