import { opcodes } from '../../model/frame.js';
import { closePayload } from '../../wire/frame-encoder.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'fragmented-control',
  stage: 'frame',
  leg: 'both',
  title: 'A control frame lacks FIN',
  about: 'A Ping, Pong or Close without FIN is put between two messages: control frames must not be fragmented (RFC 6455 section 5.5).',
  imitates: 'A frame writer that splits everything that it writes.',
  params: {
    from: fromParam(),
    opcode: { type: 'string', default: 'ping', choices: ['ping', 'pong', 'close'], about: 'Which control frame.' },
    ...insertionParams,
  },
  example: 'fragmented-control:opcode=ping',
  expects: ['frame.control-fragmented'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: FIN must be set; it sends Close 1002, and close is 1006." },
    { client: 'Chromium', sees: 'Console: Invalid frame header; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server; close 1006." },
    {
      client: 'Python websockets 10',
      sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: fragmented control frame.',
    },
    { client: 'Go gorilla', sees: 'websocket: FIN not set on control.' },
  ],
  rows: ['frame.frag-control'],
  apply: (start, { from, opcode, ...where }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const payload = opcode === 'close' ? closePayload(1000) : Buffer.from('part');
    return insertion(start, where, {
      make: () => [{ type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes[opcode], payload, fin: false }) }],
    });
  },
});
