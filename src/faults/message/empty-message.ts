import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

export const fault = defineFault({
  id: 'empty-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages arrive empty',
  about: 'The chosen messages keep their type and lose all they say: a frame without payload, which RFC 6455 allows.',
  imitates: 'A serialiser that fails without a word, a client that sends an empty keep-alive message.',
  params: { from: fromParam(), ...messageParams },
  example: 'empty-message:message=1',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application gets an empty text, on which JSON.parse fails.' }],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    return {
      push: (message) => {
        if (message.payload.length === 0 || !chosen(message)) return undefined;
        return [{ type: 'unit', unit: rewritten(message, { payload: new Uint8Array(0) }) }];
      },
    };
  },
});
