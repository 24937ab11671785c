import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { messageParams, messagePicker, rewritten } from '../message-choice.js';

/** Bytes that the copies of one message may add. */
const mostAdded = 16 * 1024 * 1024;

export const fault = defineFault({
  id: 'duplicate-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages arrive more than once',
  about:
    'Messages that the parameters choose are followed by copies of themselves, `gap` milliseconds apart; what comes behind waits for the copies. All copies of one message are at most 16 MiB.',
  imitates: 'A broker that delivers at least once, a client that sends again after a reconnect although the first try had arrived.',
  params: {
    from: fromParam(),
    ...messageParams,
    copies: { type: 'number', default: 1, min: 1, max: 100, whole: true, about: 'How many copies follow.' },
    gap: { type: 'number', default: 0, min: 0, max: 600_000, about: 'Milliseconds between them.' },
  },
  example: 'duplicate-message:message=2',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application gets the same message again.' }],
  rows: ['frame.dup'],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    const { copies, gap } = params;
    return {
      push: (message, nowMs) => {
        if (!chosen(message)) return undefined;
        const many = Math.min(copies, Math.floor(mostAdded / Math.max(1, message.payload.length)));
        if (many === 0) return undefined;
        const copy = rewritten(message, {});
        return [
          { type: 'unit', unit: message },
          ...Array.from(
            { length: many },
            (_, index) => ({ type: 'unit', unit: copy, ...(gap > 0 && { atMs: nowMs + gap * (index + 1) }) }) as const,
          ),
        ];
      },
    };
  },
});
