import { defineFault } from '../fault.js';
import { remade } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

export const fault = defineFault({
  id: 'wrong-mask-key',
  stage: 'frame',
  leg: 'server',
  title: 'The masking key is not the one that the payload was masked with',
  about:
    "The masking key in the header of the client's frames is inverted, and the masked payload stays: the server unmasks it to the opposite of every byte.",
  imitates: 'A broken frame writer, or memory that is used again before the frame is written.',
  params: frameParams({ frame: 0, kind: 'data' }),
  example: 'wrong-mask-key',
  expects: ['frame.utf8'],
  effects: [
    {
      client: 'every client',
      sees: 'Close 1007 from a server that checks UTF-8, as ws does, once a text message is garbled; with binary messages nothing but wrong bytes.',
    },
  ],
  rows: ['frame.mask-key'],
  apply: ({ from }, params, { random }) => {
    if (from !== 'client') return undefined;
    const chosen = framePicker(params, random);
    return {
      push: (frame) => {
        if (!frame.key || frame.payload.length === 0 || !chosen(frame)) return undefined;
        const key = frame.key.map((byte) => byte ^ 0xff);
        const payload = frame.payload.map((byte) => byte ^ 0xff);
        return [{ type: 'unit', unit: remade(frame, { key, payload }) }];
      },
    };
  },
});
