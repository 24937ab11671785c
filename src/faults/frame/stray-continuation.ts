import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'stray-continuation',
  stage: 'frame',
  leg: 'both',
  title: 'A continuation frame continues nothing',
  about: 'A continuation frame (opcode 0) is put between two messages, where there is nothing to continue (RFC 6455 section 5.4).',
  imitates: 'A gateway that drops the first fragment of a message, a sender that forgets that its message had ended.',
  params: {
    from: fromParam(),
    fin: { type: 'boolean', default: true, about: 'Whether it says that it is the last fragment.' },
    payload: { type: 'string', default: 'and more', anyText: true, about: 'What it carries, UTF-8.' },
    ...insertionParams,
  },
  example: 'stray-continuation',
  expects: ['frame.continuation'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: invalid opcode 0; it sends Close 1002, and close is 1006." },
    { client: 'Chromium', sees: 'Console: Received unexpected continuation frame.; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server; close 1006." },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: unexpected opcode.' },
    { client: 'Go gorilla', sees: 'websocket: continuation after FIN.' },
  ],
  rows: ['frame.stray-cont'],
  apply: (start, { from, fin, payload, ...where }, { random }) =>
    isFrom(from, start.from)
      ? insertion(start, where, {
          make: () => [
            { type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes.continuation, payload: Buffer.from(payload), fin }) },
          ],
        })
      : undefined,
});
