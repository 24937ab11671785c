import { opcodes } from '../../model/frame.js';
import { opens } from '../../model/head.js';
import { writeWireFrame } from '../../wire/write-wire-frame.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'close-at-once',
  stage: 'response',
  leg: 'client',
  title: 'The server opens the WebSocket and closes it at once, with a reason',
  about:
    'The client gets the 101, a Close frame with `code` and `reason` right behind it, and the end of the connection. The server is let go.',
  imitates:
    'An application that can only refuse once it has accepted: a bad token (4401, 1008), no free place (1013), an exception (1011). webpack-dev-server and older Django Channels refuse an Origin so.',
  params: {
    code: { type: 'number', default: 1008, min: 0, max: 65_535, whole: true, about: 'The close code: 1008, 1011, 1013, 4401, ...' },
    reason: { type: 'string', default: 'policy violation', anyText: true, about: 'The reason, at most 123 bytes of UTF-8.' },
  },
  example: 'close-at-once:code=4401,reason=token expired',
  expects: ['server.close-policy', 'origin.rejected'],
  effects: [
    { client: 'ws (Node)', sees: 'Opens, then close with code and reason.' },
    { client: 'Chromium', sees: 'Opens, then close with code and reason, wasClean true.' },
    { client: 'Firefox', sees: 'close with code and reason, wasClean false.' },
    { client: 'faye-websocket', sees: 'Opens, then close with code and reason.' },
    { client: 'Python websockets 10', sees: 'Opens, then ConnectionClosedError: received 1008 (policy violation); then sent 1008.' },
    { client: 'Python aiohttp, tornado', sees: 'Open, then a message that says closed, with the code.' },
    { client: 'Python websocket-client', sees: 'Opens, then WebSocketConnectionClosedException.' },
    { client: 'Go (gorilla, coder)', sees: 'Opens, then an error with code and reason.' },
  ],
  rows: ['srv.policy-close'],
  apply: (head, { code, reason }) => {
    if (!opens(head)) return undefined;
    const text = Buffer.from(reason).subarray(0, 123);
    const payload = Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), text]);
    const frame = writeWireFrame({ fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: opcodes.close, key: null, payload });
    return { raw: head.raw, body: Buffer.from(frame).toString('latin1'), end: 'fin' };
  },
});
