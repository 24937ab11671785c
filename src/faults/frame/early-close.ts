import { opcodes } from '../../model/frame.js';
import { closePayload } from '../../wire/frame-encoder.js';
import { shortReason } from '../close-reason.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'early-close',
  stage: 'frame',
  leg: 'both',
  title: 'One side closes the WebSocket with a code',
  about:
    'A Close with that code and reason comes though its sender had no such wish, and nothing else that it says arrives behind it. The other side answers, and so both come to their end.',
  imitates:
    'A server that restarts (1012), is overloaded (1013), fails (1011), turns away who has no right (1008, 4401) or goes away (1001), a client that leaves.',
  params: {
    from: fromParam(),
    code: {
      type: 'number',
      default: 1011,
      min: 1000,
      max: 4999,
      whole: true,
      about: 'The code of the Close; `close-code` writes those that must not be sent.',
    },
    reason: { type: 'string', default: '', anyText: true, about: 'Its reason, UTF-8, cut after 123 bytes.' },
    ...insertionParams,
  },
  example: 'early-close:code=1008,reason="token expired"',
  expects: ['server.close-policy'],
  effects: [
    { client: 'ws (Node)', sees: 'close 1008 with the reason.' },
    { client: 'Chromium', sees: 'close 1008 with the reason, wasClean true.' },
    { client: 'Firefox', sees: 'close 1008 with the reason.' },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: received 1008 (policy violation) token expired; then sent 1008.' },
    { client: 'Go gorilla', sees: 'websocket: close 1008 (policy violation): token expired.' },
  ],
  rows: ['frame.inject', 'srv.policy-close'],
  apply: (start, { from, code, reason, ...where }, { random }) =>
    isFrom(from, start.from)
      ? insertion(start, where, {
          make: () => [
            {
              type: 'unit',
              unit: ownFrame(start.from, random, { opcode: opcodes.close, payload: closePayload(code, shortReason(reason)) }),
            },
          ],
          behind: () => [],
        })
      : undefined,
});
