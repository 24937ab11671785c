import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'corrupt-bytes',
  stage: 'bytes',
  leg: 'both',
  title: 'Bytes arrive with wrong bits',
  about:
    'One bit is flipped in each byte that the parameters choose, wherever it stands: in a payload, or in the header of a frame, whose reader then loses its place. The one byte `byte`, or with 0 any, each as likely as `chance` says, drawn from the seed. `corrupt-message` leaves frames sound.',
  imitates: 'Bad memory in a router that computes checksums anew, a proxy that mixes up its buffers, a broken TLS offload.',
  params: {
    from: fromParam(),
    byte: {
      type: 'number',
      default: 0,
      min: 0,
      max: 1_000_000_000_000,
      whole: true,
      about: 'Only this byte of the direction, counted from 1 where the heads end or the fault was armed; 0: any.',
    },
    chance: { type: 'number', default: 0.001, min: 0, max: 1, about: 'How likely each byte is hit, where `byte` is 0.' },
    bit: { type: 'number', default: -1, min: -1, max: 7, whole: true, about: 'Which bit, 7 is the highest; -1 is any.' },
  },
  example: 'corrupt-bytes:byte=1,bit=5',
  expects: ['frame.rsv', 'frame.opcode', 'frame.length', 'frame.masked-from-server', 'frame.truncated'],
  effects: [
    { client: 'every client', sees: 'In a payload nothing, or a text that is not UTF-8 (close 1007).' },
    { client: 'ws (Node)', sees: 'In a header: RSV2 and RSV3 must be clear, invalid opcode, Max payload size exceeded, or silence.' },
    {
      client: 'Chromium',
      sees: 'In a header: One or more reserved bits are on, Unrecognized frame opcode, Invalid frame header; close 1006.',
    },
  ],
  rows: ['frame.corrupt'],
  apply: (start, { from, byte, chance, bit }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    /** Bytes that stay sound before the next one that is hit: so that a long stream does not cost a draw for each byte. */
    const gap = (): number => {
      if (chance === 0) return Number.POSITIVE_INFINITY;
      return chance === 1 ? 0 : Math.floor(Math.log(1 - random.next()) / Math.log(1 - chance));
    };
    const rest = (): number => (byte > 0 ? Number.POSITIVE_INFINITY : gap());
    let sound = byte > 0 ? byte - 1 : gap();
    return {
      push: (chunk) => {
        if (sound >= chunk.length) {
          sound -= chunk.length;
          return undefined;
        }
        const unit = Uint8Array.from(chunk);
        let at = sound;
        while (at < unit.length) {
          unit[at] = (unit[at] ?? 0) ^ (1 << (bit === -1 ? Math.floor(random.next() * 8) : bit));
          at += 1 + rest();
        }
        sound = at - unit.length;
        return [{ type: 'unit', unit }];
      },
    };
  },
});
