import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';
import { counted, messageSight, nthMessageParams } from '../frame-choice.js';

/** What no UTF-8 text may end with (RFC 3629 section 3): a character that never ends, half of a surrogate pair, a slash in two bytes. */
const endings = { unfinished: [0xc3], surrogate: [0xed, 0xa0, 0x80], overlong: [0xc0, 0xaf] } as const;

export const fault = defineFault({
  id: 'bad-utf8',
  stage: 'frame',
  leg: 'both',
  title: 'A text message is not UTF-8',
  about:
    'The last frame of a text message ends with bytes that are no UTF-8 (RFC 6455 section 8.1). Compressed messages are left alone: `corrupt-deflate` breaks those.',
  imitates: 'A server that writes Latin-1 or a cut-off string as text, binary data that is sent as text.',
  params: {
    from: fromParam(),
    how: {
      type: 'string',
      default: 'last-byte',
      choices: ['last-byte', 'unfinished', 'surrogate', 'overlong'],
      about:
        '`last-byte`: it becomes FF; the others add bytes: a character that never ends, half of a surrogate pair, a character in more bytes than it needs.',
    },
    ...nthMessageParams(1),
  },
  example: 'bad-utf8',
  expects: ['frame.utf8'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: invalid UTF-8 sequence; it sends Close 1007, and close is 1006." },
    { client: 'Chromium', sees: 'Console: Could not decode a text frame as UTF-8.; close 1006.' },
    { client: 'Firefox', sees: "Console: can't establish a connection to the server; close 1006." },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1007 (invalid data); no close frame received.' },
    { client: 'Go gorilla, Go coder', sees: 'Nothing: they do not check it.' },
  ],
  rows: ['frame.utf8'],
  apply: (start, { from, how, message, chance }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const sight = messageSight();
    const chosen = counted(message, chance, random);
    return {
      push: (frame) => {
        const seen = sight(frame);
        if (seen?.opcode !== opcodes.text || seen.compressed || !frame.fin || !chosen()) return undefined;
        const { payload } = frame;
        const bytes =
          how === 'last-byte'
            ? Buffer.concat([payload.subarray(0, -1), Uint8Array.of(0xff)])
            : Buffer.concat([payload, Uint8Array.from(endings[how])]);
        return [{ type: 'unit', unit: remade(frame, { payload: bytes }) }];
      },
    };
  },
});
