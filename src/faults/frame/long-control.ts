import { opcodes } from '../../model/frame.js';
import { closePayload } from '../../wire/frame-encoder.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { ownFrame } from '../frame-choice.js';
import { insertion, insertionParams } from '../frame-insertion.js';

export const fault = defineFault({
  id: 'long-control',
  stage: 'frame',
  leg: 'both',
  title: 'A control frame is longer than 125 bytes',
  about: 'A Ping, Pong or Close of more than 125 bytes is put between two messages (RFC 6455 section 5.5 forbids it).',
  imitates: 'A server that closes with a long sentence as its reason, a Ping with a whole message in it.',
  params: {
    from: fromParam(),
    opcode: { type: 'string', default: 'ping', choices: ['ping', 'pong', 'close'], about: 'Which control frame.' },
    bytes: { type: 'number', default: 126, min: 126, max: 65_536, whole: true, about: 'How long its payload is.' },
    ...insertionParams,
  },
  example: 'long-control:opcode=ping,bytes=126',
  expects: ['frame.control-too-long'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: invalid payload length 126; it sends Close 1002, and close is 1006." },
    { client: 'Chromium', sees: 'Console: Invalid frame header; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server; close 1006." },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: control frame too long.' },
    { client: 'Go gorilla', sees: 'websocket: len > 125 for control.' },
  ],
  rows: ['frame.big-control'],
  apply: (start, { from, opcode, bytes, ...where }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const payload = opcode === 'close' ? closePayload(1000, 'x'.repeat(bytes - 2)) : Buffer.alloc(bytes, 'x');
    return insertion(start, where, {
      make: () => [{ type: 'unit', unit: ownFrame(start.from, random, { opcode: opcodes[opcode], payload }) }],
    });
  },
});
