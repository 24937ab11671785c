import { defineFault } from '../fault.js';
import { fromParam, isFrom, type WireMessage } from '../flow.js';

export const fault = defineFault({
  id: 'hold-messages',
  stage: 'message',
  leg: 'both',
  title: 'No message for a while, and then all at once',
  about:
    'From message number `message` on nothing arrives for `ms` milliseconds; then all that came meanwhile arrives in one burst, and with `again` the next one begins to wait. Pings and Pongs pass. In front of a Close all goes on at once. When more than 4 MiB wait, the sender is slowed down.',
  imitates: 'A proxy that buffers answers, a worker that garbage-collects or was suspended, a tab in the background that wakes up.',
  params: {
    from: fromParam(),
    message: { type: 'number', default: 1, min: 1, max: 1_000_000_000, whole: true, about: 'The first message that is held, from 1.' },
    ms: { type: 'number', default: 5000, min: 1, max: 3_600_000, about: 'For how long, milliseconds.' },
    again: { type: 'boolean', default: true, about: 'Whether it goes on so, burst after burst.' },
  },
  example: 'hold-messages:ms=200',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; the application gets nothing, and then many messages within one turn of its loop.' }],
  rows: ['hop.hold-101'],
  apply: (start, { from, message: first, ms, again }) => {
    if (!isFrom(from, start.from)) return undefined;
    let seen = 0;
    let held: WireMessage[] = [];
    let bytes = 0;
    let dueMs: number | null = null;
    let over = false;
    const release = () => {
      const units = held.map((unit) => ({ type: 'unit', unit }) as const);
      over = !again && dueMs !== null;
      held = [];
      bytes = 0;
      dueMs = null;
      return units;
    };
    return {
      push: (unit, nowMs) => {
        seen += 1;
        if (seen < first || over) return undefined;
        held.push(unit);
        bytes += unit.payload.length;
        dueMs ??= nowMs + ms;
        return [];
      },
      wakeAt: () => dueMs,
      wake: release,
      release,
      held: () => bytes,
    };
  },
});
