import { opcodes } from '../../model/frame.js';
import { closePayload } from '../../wire/frame-encoder.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'inject-frame',
  stage: 'frame',
  leg: 'both',
  title: 'A frame comes that nobody sent',
  about:
    'A frame of your own is put between two messages: a text, a binary message, a Ping, a Pong, a Close, or any bytes at all, right or wrong.',
  imitates: 'A server that pushes something, a middlebox that writes into the stream.',
  params: {
    from: fromParam(),
    type: {
      type: 'string',
      default: 'text',
      choices: ['text', 'binary', 'ping', 'pong', 'close', 'raw'],
      about: 'What it is. `raw`: the bytes of `hex` as they are, without a header of ours.',
    },
    payload: { type: 'string', default: 'injected by shakedown', anyText: true, about: 'Its payload, or the reason of the Close, UTF-8.' },
    hex: { type: 'string', default: '', about: 'Its payload in hexadecimal digits, in place of `payload`; needed with `type=raw`.' },
    code: { type: 'number', default: 1000, min: 0, max: 65_535, whole: true, about: 'The code of a Close.' },
    ...insertionParams,
  },
  example: 'inject-frame:type=text,payload="{}"',
  expects: [],
  effects: [{ client: 'every client', sees: 'One message more; with `type=close` or wrong bytes what the fault of that name says.' }],
  rows: ['frame.inject'],
  apply: (start, { from, type, payload: text, hex, code, ...where }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new Error('hex takes pairs of hexadecimal digits, and nothing between them.');
    const given = hex === '' ? Buffer.from(text) : Buffer.from(hex, 'hex');
    return insertion(start, where, {
      make: () => {
        if (type === 'raw') return [{ type: 'wire', bytes: Buffer.from(hex, 'hex') }];
        const payload = type === 'close' ? Buffer.concat([closePayload(code), given]) : given;
        return [{ type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes[type], payload }) }];
      },
    });
  },
});
