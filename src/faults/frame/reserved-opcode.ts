import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

export const fault = defineFault({
  id: 'reserved-opcode',
  stage: 'frame',
  leg: 'both',
  title: 'A frame has an opcode that does not exist',
  about: 'The opcode of a frame is replaced by one that RFC 6455 section 5.2 reserves: 3 to 7 for data, 11 to 15 for control frames.',
  imitates: 'Foreign bytes in the stream: text that was written past the WebSocket library, or two writers on one socket.',
  params: {
    from: fromParam(),
    opcode: { type: 'string', default: '3', choices: ['3', '4', '5', '6', '7', '11', '12', '13', '14', '15'], about: 'The opcode.' },
    ...frameParams({ frame: 1, kind: 'data' }),
  },
  example: 'reserved-opcode:opcode=3',
  expects: ['frame.opcode'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: invalid opcode 3; it sends Close 1002, and close is 1006." },
    { client: 'Chromium', sees: 'Console: Unrecognized frame opcode: 3; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server; close 1006." },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: invalid opcode.' },
    { client: 'Go gorilla', sees: 'websocket: bad opcode 3.' },
  ],
  rows: ['frame.opcode'],
  apply: (start, { from, opcode, ...params }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = framePicker(params, random);
    return { push: (frame) => (chosen(frame) ? [{ type: 'unit', unit: remade(frame, { opcode: Number(opcode) }) }] : undefined) };
  },
});
