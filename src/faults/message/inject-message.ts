import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom, type WireMessage } from '../flow.js';

export const fault = defineFault({
  id: 'inject-message',
  stage: 'message',
  leg: 'both',
  title: 'A message arrives that nobody sent',
  about:
    'A message of yours is put between those of one side: behind its message number `message`, or with 0 `ms` milliseconds after the WebSocket opened (or the fault was armed), and then `count` times in all, `each` milliseconds apart.',
  imitates: 'A server that pushes what the client does not expect yet, a second tab, a replayed or forged message.',
  params: {
    from: fromParam(),
    text: { type: 'string', default: 'hello from shakedown', anyText: true, about: 'What it says.' },
    encoding: { type: 'string', default: 'plain', choices: ['plain', 'base64'], about: 'How `text` is written.' },
    type: { type: 'string', default: 'text', choices: ['text', 'binary'], about: 'Its type.' },
    message: {
      type: 'number',
      default: 0,
      min: 0,
      max: 1_000_000_000,
      whole: true,
      about: 'Behind this message, from 1; 0: by the clock.',
    },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after that, milliseconds.' },
    count: { type: 'number', default: 1, min: 1, max: 10_000, whole: true, about: 'How many times in all.' },
    each: { type: 'number', default: 1000, min: 1, max: 3_600_000, about: 'Milliseconds between two of them.' },
  },
  example: 'inject-message:message=1,text=surprise',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application gets a message that it did not ask for.' }],
  rows: ['frame.inject'],
  apply: (start, { from, text, encoding, type, message: behind, ms, count, each }) => {
    if (!isFrom(from, start.from)) return undefined;
    const payload = Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
    let left = count;
    let seen = 0;
    let dueMs: number | null = behind === 0 ? start.nowMs + ms : null;
    const due = (nowMs: number): FlowStep<WireMessage>[] => {
      const made: FlowStep<WireMessage>[] = [];
      while (dueMs !== null && dueMs <= nowMs) {
        made.push({ type: 'unit', unit: { type, payload, number: -1 } });
        left -= 1;
        dueMs = left > 0 ? dueMs + each : null;
      }
      return made;
    };
    return {
      push: (unit, nowMs) => {
        seen += 1;
        if (seen === behind && left > 0) dueMs = nowMs + ms;
        const made = due(nowMs);
        return made.length === 0 ? undefined : [{ type: 'unit', unit }, ...made];
      },
      wakeAt: () => dueMs,
      wake: due,
      release: () => {
        dueMs = null;
        left = 0;
        return [];
      },
    };
  },
});
