import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

export const fault = defineFault({
  id: 'swap-type',
  stage: 'message',
  leg: 'both',
  title: 'Text arrives as binary, or binary as text',
  about:
    'The chosen messages change their type, and not one byte of what they say. Bytes that are no UTF-8 make a text that the receiver must not accept (RFC 6455 section 8.1): `to=binary` never does that.',
  imitates: 'A library that sends a Buffer in place of a text, a gateway that knows binary messages only.',
  params: {
    from: fromParam(),
    ...messageParams,
    to: { type: 'string', default: 'other', choices: ['other', 'text', 'binary'], about: 'What they become; `other`: what they are not.' },
  },
  example: 'swap-type:to=binary',
  expects: [],
  effects: [
    { client: 'browsers', sees: 'event.data is a Blob (or an ArrayBuffer) in place of a string: JSON.parse fails on "[object Blob]".' },
    { client: 'ws (Node)', sees: 'isBinary true in place of false; the data is a Buffer both times.' },
    { client: 'Python websockets', sees: 'bytes in place of str.' },
  ],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    return {
      push: (message) => {
        const type = params.to !== 'other' ? params.to : message.type === 'text' ? 'binary' : 'text';
        if (type === message.type || !chosen(message)) return undefined;
        return [{ type: 'unit', unit: rewritten(message, { type }) }];
      },
    };
  },
});
