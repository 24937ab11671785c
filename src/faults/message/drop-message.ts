import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker } from '../message-choice.js';

export const fault = defineFault({
  id: 'drop-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages are lost',
  about:
    'Messages that the parameters choose never arrive; everything else does. Where permessage-deflate is agreed on, what follows is sent uncompressed, so that the receiver can still read it.',
  imitates: 'A gateway that drops messages when its queue is full, a broker that delivers at most once.',
  params: { from: fromParam(), ...messageParams },
  example: 'drop-message:from=server,message=1',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application misses a message.' }],
  rows: ['frame.drop'],
  apply: ({ from }, params, { random }) => {
    if (!isFrom(params.from, from)) return undefined;
    const chosen = messagePicker(params, random);
    return { push: (message) => (chosen(message) ? [] : undefined) };
  },
});
