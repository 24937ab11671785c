import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

export const fault = defineFault({
  id: 'truncate-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages arrive without their end',
  about:
    'Of each chosen message only the first bytes arrive, in a sound frame of that length. A text is cut between two characters with `utf8=valid`; with `utf8=invalid` also inside one, which the receiver must not accept (RFC 6455 section 8.1). `cut-frame` ends the connection inside a frame instead.',
  imitates: 'A buffer of fixed size in a gateway, a column of a database that is too short, a server that crashes while it serialises.',
  params: {
    from: fromParam(),
    ...messageParams,
    bytes: { type: 'number', default: 10, min: 0, max: 16_777_216, whole: true, about: 'How many bytes are left at most.' },
    utf8: { type: 'string', default: 'valid', choices: ['valid', 'invalid'], about: 'Whether a text is cut between characters only.' },
  },
  example: 'truncate-message:bytes=2',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Nothing; JSON.parse of the application fails: Unexpected end of JSON input.' },
    { client: 'ws (Node), with a character cut in two', sees: 'Invalid WebSocket frame: invalid UTF-8 sequence, close 1007.' },
  ],
  rows: ['frame.corrupt'],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    return {
      push: (message) => {
        const { payload, type } = message;
        if (payload.length <= params.bytes || !chosen(message)) return undefined;
        let end = params.bytes;
        if (type === 'text' && params.utf8 === 'valid') while (end > 0 && ((payload[end] ?? 0) & 0xc0) === 0x80) end--;
        return [{ type: 'unit', unit: rewritten(message, { payload: payload.subarray(0, end) }) }];
      },
    };
  },
});
