import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { opcodes, type Sender } from '../../src/model/frame.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';

/** What one side of an Autobahn-like session sends. */
interface Said {
  readonly type: 'text' | 'binary';
  readonly bytes: Uint8Array;
  /** Payload bytes of each frame but the last. */
  readonly step: number;
  readonly compressed: boolean;
  /** A control frame between the fragments. */
  readonly control: { readonly opcode: number; readonly payload: Uint8Array } | null;
  /** Bytes that are no valid frame, behind the message. */
  readonly wrong: Uint8Array | null;
}

const bodies = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc.uint8Array({ maxLength: 400 }),
  fc.nat({ max: 70_000 }).map((length) => new Uint8Array(length).fill(0x61)),
);
const control = fc.record({
  opcode: fc.constantFrom(opcodes.ping, opcodes.pong),
  payload: fc.uint8Array({ maxLength: 125 }),
});
/** A reserved opcode, RSV bits, an orphaned continuation, a long length for a short payload, a Ping without FIN, a Close with one byte. */
const wrong = fc
  .constantFrom('8301 61', 'b101 61', '8001 61', '817e 0001 61', '0901 61', '8801 03')
  .map((hex) => Buffer.from(hex.replace(/ /g, ''), 'hex'));
const said: fc.Arbitrary<Said> = fc.record({
  type: fc.constantFrom('text' as const, 'binary' as const),
  bytes: bodies,
  step: fc.constantFrom(7, 50, 126, 65_536, 1_000_000),
  compressed: fc.boolean(),
  control: fc.option(control),
  wrong: fc.option(wrong, { freq: 5 }),
});

/** Context takeover by hand: what was said before is the dictionary of what is said next (RFC 7692 section 7.2.1). */
const deflating = () => {
  let before = Buffer.alloc(0);
  return (bytes: Uint8Array): Uint8Array => {
    const dictionary = before.length > 0 ? { dictionary: before } : {};
    const deflated = deflateRawSync(bytes, { ...dictionary, finishFlush: 2 });
    before = Buffer.concat([before, bytes]).subarray(-32_768);
    return deflated.subarray(0, -4);
  };
};

const written = (list: readonly Said[], from: Sender): Uint8Array => {
  const deflate = deflating();
  let count = 0;
  const mask = () => (from === 'client' ? { maskKey: Uint8Array.of(++count & 0xff, 0x5a, 0xa5, 0xff) } : {});
  const frames: Uint8Array[] = [];
  for (const { type, bytes, step: wanted, compressed, control: between, wrong: odd } of list) {
    const payload = compressed ? deflate(bytes) : bytes;
    // No more than 40 fragments, or a run takes minutes.
    const step = Math.max(wanted, Math.ceil(payload.length / 40), 1);
    for (let at = 0; at === 0 || at < payload.length; at += step) {
      const fin = at + step >= payload.length;
      const opcode = at === 0 ? opcodes[type] : opcodes.continuation;
      frames.push(encodeFrame({ fin, rsv1: compressed && at === 0, opcode, payload: payload.subarray(at, at + step), ...mask() }));
      if (between && at === 0) frames.push(encodeFrame({ fin: true, ...between, ...mask() }));
    }
    if (odd) frames.push(odd);
  }
  return Buffer.concat(frames);
};

/** The bytes of one side: fragments, control frames between them, compression with context takeover, and frames that break the rules. */
export const sideOfSession = (from: Sender): fc.Arbitrary<Uint8Array> =>
  fc.array(said, { maxLength: 6 }).map((list) => written(list, from));
