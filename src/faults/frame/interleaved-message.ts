import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';
import { counted, nthMessageParams, ownFrame } from '../frame-choice.js';

export const fault = defineFault({
  id: 'interleaved-message',
  stage: 'frame',
  leg: 'both',
  title: 'A message begins inside another one',
  about:
    'A message that came in one frame is sent as two fragments, and between them comes a whole text message, which RFC 6455 section 5.4 forbids. Messages that came in fragments are left alone.',
  imitates: 'Two threads that write to one connection at the same time.',
  params: {
    from: fromParam(),
    payload: { type: 'string', default: 'in between', anyText: true, about: 'The text of the message in between.' },
    ...nthMessageParams(1),
  },
  example: 'interleaved-message',
  expects: ['frame.interleaved'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: invalid opcode 1; it sends Close 1002, and close is 1006." },
    { client: 'Chromium', sees: 'Console: Received start of new message but previous message is unfinished.; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server; close 1006." },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: unexpected opcode.' },
    { client: 'Go gorilla', sees: 'websocket: data before FIN.' },
  ],
  rows: ['frame.interleave'],
  apply: (start, { from, payload: text, message, chance }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = counted(message, chance, random);
    return {
      push: (frame) => {
        const { fin, opcode, payload } = frame;
        if (!fin || (opcode !== opcodes.text && opcode !== opcodes.binary) || !chosen()) return undefined;
        const half = payload.length >> 1;
        return [
          { type: 'unit', unit: remade(frame, { fin: false, payload: payload.subarray(0, half) }) },
          { type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes.text, payload: Buffer.from(text) }) },
          { type: 'unit', unit: remade(frame, { rsv1: false, opcode: opcodes.continuation, payload: payload.subarray(half) }) },
        ];
      },
    };
  },
});
