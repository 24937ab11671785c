import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade, type WireFrame } from '../flow.js';
import { counted, messageSight, nthMessageParams } from '../frame-choice.js';

export const fault = defineFault({
  id: 'corrupt-deflate',
  stage: 'frame',
  leg: 'both',
  title: 'A compressed message cannot be inflated',
  about:
    'The DEFLATE data of a compressed message are broken, or the message is lost and with it what later ones refer back to (RFC 7692 section 7.2.2). Nothing happens where permessage-deflate was not agreed on, or the sender does not compress.',
  imitates: 'A gateway that drops a message without knowing of context takeover, a server that shares one compressor between connections.',
  params: {
    from: fromParam(),
    how: {
      type: 'string',
      default: 'block-type',
      choices: ['block-type', 'flip', 'drop'],
      about:
        '`block-type`: the first block is of a type that does not exist; `flip`: a byte in the middle is inverted, which may also only garble the text; `drop`: the message is lost.',
    },
    ...nthMessageParams(1),
  },
  example: 'corrupt-deflate',
  expects: ['frame.compression', 'frame.utf8'],
  effects: [
    {
      client: 'ws (Node)',
      sees: "'error': invalid block type, or: invalid distance too far back; it sends Close 1007, and close is 1006.",
    },
    { client: 'Chromium', sees: 'Console: Invalid frame header; close 1006.' },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: decompression failed.' },
    { client: 'clients that do not compress', sees: 'Nothing: the fault has nothing to work on.' },
  ],
  rows: ['frame.deflate-corrupt'],
  apply: (start, { from, how, message, chance }, { random }) => {
    if (!isFrom(from, start.from) || !start.deflate) return undefined;
    const sight = messageSight();
    const chosen = counted(message, chance, random);
    let hit = false;
    const broken = (frame: WireFrame): WireFrame => {
      const payload = new Uint8Array(frame.payload);
      // BTYPE 11 is reserved (RFC 1951 section 3.2.3).
      if (how === 'block-type') payload[0] = (payload[0] ?? 0) | 0x06;
      else payload[payload.length >> 1] = (payload[payload.length >> 1] ?? 0) ^ 0xff;
      return remade(frame, { payload });
    };
    return {
      push: (frame) => {
        const seen = sight(frame);
        if (!seen?.compressed) return undefined;
        const first = frame.opcode !== opcodes.continuation;
        if (first) hit = chosen();
        if (!hit) return undefined;
        if (how === 'drop') return [];
        return first && frame.payload.length > 0 ? [{ type: 'unit', unit: broken(frame) }] : undefined;
      },
    };
  },
});
