import { opcodes } from '../../model/frame.js';
import { writeWireFrame } from '../../wire/write-wire-frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'cut-frame',
  stage: 'frame',
  leg: 'both',
  title: 'The connection ends in the middle of a frame',
  about: 'A data frame is passed on in part, and then the connection ends; no Close frame comes. The sender is reset.',
  imitates: 'A server that is killed while it sends, a proxy that restarts, a mobile network that is gone.',
  params: {
    from: fromParam(),
    frame: { type: 'number', default: 1, min: 1, max: 1_000_000_000, whole: true, about: 'Which data frame of the direction, from 1.' },
    share: { type: 'number', default: 0.5, min: 0, max: 0.99, about: 'How much of its bytes, header included, still arrives.' },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset', 'silence'], about: 'How the connection ends.' },
  },
  example: 'cut-frame:end=reset',
  expects: ['frame.truncated', 'server.rst-after-101', 'server.close-after-101', 'server.reset'],
  effects: [
    { client: 'ws (Node)', sees: 'close 1006; with `end=reset` also an error, read ECONNRESET.' },
    { client: 'Chromium', sees: 'close 1006, wasClean false.' },
  ],
  rows: ['frame.truncate', 'frame.rst-mid'],
  apply: (start, { from, frame: wanted, share, end }) => {
    if (!isFrom(from, start.from)) return undefined;
    let count = 0;
    return {
      push: (frame) => {
        if (frame.opcode > opcodes.binary || ++count !== wanted) return undefined;
        const bytes = writeWireFrame(frame);
        return [
          { type: 'wire', bytes: bytes.subarray(0, Math.max(1, Math.floor(bytes.length * share))) },
          { type: 'end', how: end },
        ];
      },
    };
  },
});
