import { defineFault } from '../fault.js';
import { fromParam, isFrom, type WireMessage } from '../flow.js';
import { messageParams, messagePicker } from '../message-choice.js';

export const fault = defineFault({
  id: 'delay-message',
  stage: 'message',
  leg: 'both',
  title: 'Messages come late',
  about:
    'Messages that the parameters choose arrive `ms` milliseconds later. What follows either passes them (`others=pass`), so that the order changes, or waits as well, as behind a slow consumer. A Close does not wait: what is held back comes in front of it.',
  imitates: 'A broker with several workers, a server that waits for a database before one of its answers, a retried delivery.',
  params: {
    from: fromParam(),
    ...messageParams,
    ms: { type: 'number', default: 1000, min: 1, max: 3_600_000, about: 'How much later, milliseconds.' },
    others: { type: 'string', default: 'pass', choices: ['pass', 'wait'], about: 'What messages behind it do.' },
  },
  example: 'delay-message:message=1,ms=100',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application gets a message late, and with `others=pass` out of its order.' }],
  rows: ['frame.delay-one'],
  apply: (start, params, { random }) => {
    if (!isFrom(params.from, start.from)) return undefined;
    const chosen = messagePicker(params, random);
    const { ms, others } = params;
    if (others === 'wait')
      return { push: (message, nowMs) => (chosen(message) ? [{ type: 'unit', unit: message, atMs: nowMs + ms }] : undefined) };
    let held: { readonly message: WireMessage; readonly dueMs: number }[] = [];
    const go = (due: typeof held) => due.map(({ message }) => ({ type: 'unit', unit: message }) as const);
    return {
      push: (message, nowMs) => {
        if (!chosen(message)) return undefined;
        held.push({ message, dueMs: nowMs + ms });
        return [];
      },
      wakeAt: () => held[0]?.dueMs ?? null,
      wake: (nowMs) => {
        const due = held.filter(({ dueMs }) => dueMs <= nowMs);
        held = held.filter(({ dueMs }) => dueMs > nowMs);
        return go(due);
      },
      release: () => go(held.splice(0)),
      held: () => held.reduce((sum, { message }) => sum + message.payload.length, 0),
    };
  },
});
