import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';
import { counted, messageSight, nthMessageParams } from '../frame-choice.js';

export const fault = defineFault({
  id: 'split-character',
  stage: 'frame',
  leg: 'both',
  title: 'A character is split over two fragments',
  about:
    'A text frame with a character of more than one byte is sent as two fragments, and the border lies inside the first such character. That is allowed (RFC 6455 section 5.6): only the whole message has to be UTF-8. Messages that are compressed or plain ASCII are left alone.',
  imitates: 'A gateway that splits long messages by size.',
  params: { from: fromParam(), ...nthMessageParams(0) },
  example: 'split-character',
  expects: [],
  effects: [
    { client: 'ws (Node), Chromium, Python websockets 10', sees: 'Nothing: the message arrives whole.' },
    { client: 'a client that decodes frame by frame', sees: 'U+FFFD in place of the character, or an error.' },
  ],
  rows: ['frame.utf8'],
  apply: (start, { from, message, chance }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const sight = messageSight();
    const chosen = counted(message, chance, random);
    return {
      push: (frame) => {
        const seen = sight(frame);
        if (seen?.opcode !== opcodes.text || seen.compressed) return undefined;
        const at = frame.payload.findIndex((byte) => byte >= 0xc0) + 1;
        if (at === 0 || at === frame.payload.length || !chosen()) return undefined;
        const { payload, fin } = frame;
        return [
          { type: 'unit', unit: remade(frame, { fin: false, payload: payload.subarray(0, at) }) },
          { type: 'unit', unit: remade(frame, { opcode: opcodes.continuation, fin, payload: payload.subarray(at) }) },
        ];
      },
    };
  },
});
