import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

export const fault = defineFault({
  id: 'reserved-bit',
  stage: 'frame',
  leg: 'both',
  title: 'A frame has a reserved bit',
  about:
    'RSV1, RSV2 or RSV3 is set on a frame (RFC 6455 section 5.2). RSV1 says that a message is compressed: where permessage-deflate was agreed on, the receiver tries to inflate what is no DEFLATE data.',
  imitates:
    'A proxy that takes Sec-WebSocket-Extensions out of the answer while the server compresses all the same, an extension that one side only believes in, foreign bytes in the stream.',
  params: {
    from: fromParam(),
    bits: { type: 'string', default: '1', choices: ['1', '2', '3', '23', '123'], about: 'Which of RSV1, RSV2 and RSV3.' },
    ...frameParams({ frame: 1, kind: 'data' }),
  },
  example: 'reserved-bit:bits=1',
  expects: ['frame.rsv', 'frame.compression'],
  effects: [
    {
      client: 'ws (Node)',
      sees: "'error': Invalid WebSocket frame: RSV1 must be clear (or: RSV2 and RSV3 must be clear); it sends Close 1002, and close is 1006.",
    },
    { client: 'Chromium', sees: 'Console: One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server, without the reason; close 1006." },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: reserved bits must be 0.' },
    { client: 'Go gorilla', sees: 'websocket: RSV1 set.' },
  ],
  rows: ['frame.rsv1', 'frame.rsv2', 'frame.rsv3'],
  apply: (start, { from, bits, ...params }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = framePicker(params, random);
    return {
      push: (frame) => {
        if (!chosen(frame)) return undefined;
        const { rsv1, rsv2, rsv3 } = frame;
        const set = { rsv1: rsv1 || bits.includes('1'), rsv2: rsv2 || bits.includes('2'), rsv3: rsv3 || bits.includes('3') };
        if (set.rsv1 === rsv1 && set.rsv2 === rsv2 && set.rsv3 === rsv3) return undefined;
        return [{ type: 'unit', unit: remade(frame, set) }];
      },
    };
  },
});
