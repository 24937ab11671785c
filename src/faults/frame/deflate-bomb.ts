import { opcodes } from '../../model/frame.js';
import { deflatedZeros } from '../../wire/deflate-bomb.js';
import { defineFault } from '../fault.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'deflate-bomb',
  stage: 'frame',
  leg: 'client',
  title: 'A small message inflates to a huge one',
  about:
    'A compressed message of zeros is put between two messages of the server: about 1 KiB on the wire for each MiB that the client has to inflate. Nothing happens where permessage-deflate was not agreed on. A client that takes it can no longer read compressed messages behind it that refer to earlier ones.',
  imitates: 'An attacker, or an honest server that sends a log file.',
  params: {
    mebibytes: { type: 'number', default: 128, min: 1, max: 1024, whole: true, about: 'How many MiB it inflates to.' },
    type: { type: 'string', default: 'binary', choices: ['text', 'binary'], about: 'The type of the message; zeros are good UTF-8.' },
    ...insertionParams,
  },
  example: 'deflate-bomb:mebibytes=128',
  expects: ['frame.too-big'],
  effects: [
    {
      client: 'ws (Node)',
      sees: "'error': Max payload size exceeded, from 100 MiB on (maxPayload); it sends Close 1009, and close is 1006.",
    },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1009 (message too big), from 1 MiB on (max_size).' },
    { client: 'Chromium', sees: 'It takes the whole of it, and does nothing else for seconds; then the message is there.' },
    { client: 'clients that do not compress', sees: 'Nothing: the fault has nothing to work on.' },
  ],
  rows: ['frame.deflate-bomb'],
  apply: (start, { mebibytes, type, ...where }, { random }) => {
    if (start.from !== 'server' || !start.deflate) return undefined;
    return insertion(start, where, {
      make: () => [
        { type: 'unit', unit: ownFrame('server', random, { opcode: opcodes[type], payload: deflatedZeros(mebibytes), rsv1: true }) },
      ],
    });
  },
});
