import { closePayload } from '../../wire/frame-encoder.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';

export const fault = defineFault({
  id: 'close-code',
  stage: 'close',
  leg: 'both',
  title: 'A Close has another code',
  about:
    'The code of a Close frame is replaced, by one that must not be sent (RFC 6455 section 7.4) or by any other; its reason stays. A Close without a code gets one. Where one side answers the Close of the other, the answer has another code than the question.',
  imitates: 'A library that sends 1005 or 1006, which only an API may report, a gateway that puts codes of its own.',
  params: {
    from: fromParam(),
    code: {
      type: 'number',
      default: 1006,
      min: 0,
      max: 65_535,
      whole: true,
      about: 'The code. 0 to 999, 1004, 1005, 1006, 1015 to 2999 and 5000 and more must not be sent.',
    },
  },
  example: 'close-code:code=1006',
  expects: ['frame.close-code', 'server.close-policy'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Invalid WebSocket frame: invalid status code 1006; it sends Close 1002, and close is 1006." },
    {
      client: 'Chromium',
      sees: 'Console: Received a broken close frame containing a reserved status code., for 1005, 1006 and 1015; other codes, 999 included, reach the page.',
    },
    { client: 'Firefox', sees: 'close 1006, wasClean as if all were well; 999 and 1005 reach the page, too.' },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: sent 1002 (protocol error); the cause says: invalid status code.' },
    { client: 'Python aiohttp', sees: 'Nothing for 1006, Invalid close code for 999 and 1005.' },
    { client: 'Go gorilla', sees: 'websocket: bad close code 1006.' },
  ],
  rows: ['frame.close-code'],
  apply: (start, { from, code }) => {
    if (!isFrom(from, start.from)) return undefined;
    return {
      push: (frame) => {
        const payload = Buffer.concat([closePayload(code), frame.payload.subarray(2)]);
        return payload.equals(frame.payload) ? undefined : [{ type: 'unit', unit: remade(frame, { payload }) }];
      },
    };
  },
});
