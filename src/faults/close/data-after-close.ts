import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { ownFrame } from '../frame-choice.js';

export const fault = defineFault({
  id: 'data-after-close',
  stage: 'close',
  leg: 'both',
  title: 'Messages come behind a Close',
  about: 'Text messages follow the Close frame of one side, which must not send any more (RFC 6455 section 5.5.1).',
  imitates: 'A server that has messages in its queue when it closes.',
  params: {
    from: fromParam(),
    messages: { type: 'number', default: 1, min: 1, max: 1000, whole: true, about: 'How many messages.' },
    payload: { type: 'string', default: 'one more thing', anyText: true, about: 'Their text.' },
  },
  example: 'data-after-close',
  expects: [],
  effects: [
    { client: 'ws (Node), undici 7, Python websockets 10', sees: 'Nothing: they listen no more behind the Close.' },
    { client: 'Chromium', sees: 'Console: Data frame received after close; close 1006 in place of the code of the Close.' },
  ],
  rows: ['frame.data-after-close'],
  apply: (start, { from, messages, payload }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const more = () => ownFrame(start.from, random, { opcode: opcodes.text, payload: Buffer.from(payload) });
    return {
      push: (frame) => [
        { type: 'unit', unit: frame },
        ...Array.from({ length: messages }, () => ({ type: 'unit', unit: more() }) as const),
      ],
    };
  },
});
