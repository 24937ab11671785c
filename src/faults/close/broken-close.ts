import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';

/** A reason that ends inside a character. */
const badReason = Uint8Array.of(0x62, 0x79, 0x65, 0xc3);

export const fault = defineFault({
  id: 'broken-close',
  stage: 'close',
  leg: 'both',
  title: 'The payload of a Close is malformed',
  about:
    'A Close frame gets a payload of one byte, or a reason that is no UTF-8 (RFC 6455 section 5.5.1 forbids both), or no payload at all, which is allowed and reads as 1005.',
  imitates: 'A server that writes the code as one byte or cuts its reason in the middle of a character.',
  params: {
    from: fromParam(),
    how: { type: 'string', default: 'one-byte', choices: ['one-byte', 'bad-utf8', 'empty'], about: 'What becomes of the payload.' },
  },
  example: 'broken-close:how=one-byte',
  expects: ['frame.close-payload'],
  effects: [
    {
      client: 'ws (Node)',
      sees: "'error': Invalid WebSocket frame: invalid payload length 1, or: invalid UTF-8 sequence; close 1006. `empty`: close 1005.",
    },
    {
      client: 'Chromium',
      sees: 'Console: Received a broken close frame with an invalid size of 1 byte., or: containing invalid UTF-8.; close 1006. `empty`: close 1005.',
    },
    { client: 'Firefox', sees: 'close 1005 for one byte, close 1006 for a bad reason.' },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error), or: sent 1007 (invalid data).' },
    { client: 'Go gorilla', sees: 'websocket: close 1005 (no status) for one byte; websocket: invalid utf8 payload in close frame.' },
  ],
  rows: ['frame.close-1byte', 'frame.close-bad-utf8'],
  apply: (start, { from, how }) => {
    if (!isFrom(from, start.from)) return undefined;
    return {
      push: (frame) => {
        if (how === 'empty' && frame.payload.length === 0) return undefined;
        const code = frame.payload.length < 2 ? Uint8Array.of(0x03, 0xe8) : frame.payload.subarray(0, 2);
        const payload = how === 'empty' ? new Uint8Array(0) : how === 'one-byte' ? code.subarray(0, 1) : Buffer.concat([code, badReason]);
        return [{ type: 'unit', unit: remade(frame, { payload }) }];
      },
    };
  },
});
