import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

/** Bytes that are added to all messages of one direction; then they pass as they are. */
const mostAdded = 64 * 1024 * 1024;

export const fault = defineFault({
  id: 'grow-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages arrive longer than they were sent',
  about:
    'The chosen messages are filled up behind their end, to `bytes` bytes. Spaces leave JSON what it is. All messages of a direction get 64 MiB at most.',
  imitates: 'A payload that nobody had thought so large: a first snapshot, a picture in base64, a list without a limit.',
  params: {
    from: fromParam(),
    ...messageParams,
    bytes: { type: 'number', default: 1_048_577, min: 1, max: 16_777_216, whole: true, about: 'How long they become.' },
    fill: { type: 'string', default: 'spaces', choices: ['spaces', 'letters', 'zeros'], about: 'With what.' },
  },
  example: 'grow-message:message=1,bytes=70000',
  expects: [],
  effects: [
    { client: 'ws (Node)', sees: 'Over maxPayload (100 MiB by default): Max payload size exceeded, close 1009; else a longer message.' },
    { client: 'Python websockets', sees: 'Over max_size (1 MiB by default): Sent 1009 (message too big).' },
    { client: 'Go (coder)', sees: 'Over its read limit (32 KiB by default): close 1009.' },
    { client: 'browsers', sees: 'A longer message.' },
  ],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    const fill = { spaces: 0x20, letters: 0x78, zeros: 0 }[params.fill];
    let left = mostAdded;
    return {
      push: (message) => {
        const more = params.bytes - message.payload.length;
        if (more <= 0 || more > left || !chosen(message)) return undefined;
        left -= more;
        const payload = new Uint8Array(params.bytes).fill(fill, message.payload.length);
        payload.set(message.payload);
        return [{ type: 'unit', unit: rewritten(message, { payload }) }];
      },
    };
  },
});
