import { defineFault } from '../fault.js';
import { remade } from '../flow.js';
import { drawKey, frameParams, framePicker } from '../frame-choice.js';

export const fault = defineFault({
  id: 'mask-frame',
  stage: 'frame',
  leg: 'client',
  title: 'The server masks its frames',
  about:
    'Frames of the server reach the client with the mask bit, a masking key and a masked payload, which only a client may send (RFC 6455 section 5.1).',
  imitates: 'A server that was made of the code of a client, or of a hand-written frame writer.',
  params: frameParams({ frame: 0, kind: 'any' }),
  example: 'mask-frame',
  expects: ['frame.masked-from-server'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: MASK must be clear; it sends Close 1002, and close is 1006." },
    { client: 'Chromium', sees: 'Console: A server must not mask any frames that it sends to the client.; close 1006.' },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); no close frame received.' },
    { client: 'Go gorilla', sees: 'websocket: bad MASK.' },
    { client: 'Firefox, faye-websocket, websocket-client, Tornado', sees: 'Nothing: they unmask and deliver it.' },
    { client: 'Go coder 1.8', sees: 'Nothing, but what it delivers is still masked.' },
  ],
  rows: ['frame.mask-s2c'],
  apply: ({ from }, params, { random }) => {
    if (from !== 'server') return undefined;
    const chosen = framePicker(params, random);
    return {
      push: (frame) =>
        frame.key === null && chosen(frame) ? [{ type: 'unit', unit: remade(frame, { key: drawKey(random) }) }] : undefined,
    };
  },
});
