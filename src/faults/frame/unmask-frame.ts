import { defineFault } from '../fault.js';
import { remade } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

export const fault = defineFault({
  id: 'unmask-frame',
  stage: 'frame',
  leg: 'server',
  title: 'The client does not mask its frames',
  about: 'Frames of the client reach the server without the mask bit and without a masking key, which RFC 6455 section 5.1 forbids.',
  imitates: 'A client that was written by hand, or a proxy that unmasks what it looks into and forgets to mask it again.',
  params: frameParams({ frame: 0, kind: 'any' }),
  example: 'unmask-frame',
  expects: ['frame.unmasked-from-client'],
  effects: [
    { client: 'every client', sees: 'Close 1002 from a server that checks it, as ws does: Invalid WebSocket frame: MASK must be set.' },
  ],
  rows: ['frame.unmask-c2s'],
  apply: ({ from }, params, { random }) => {
    if (from !== 'client') return undefined;
    const chosen = framePicker(params, random);
    return { push: (frame) => (frame.key && chosen(frame) ? [{ type: 'unit', unit: remade(frame, { key: null }) }] : undefined) };
  },
});
