import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'age-cut',
  stage: 'bytes',
  leg: 'both',
  title: 'A connection is cut at a fixed age',
  about:
    'So many milliseconds after the WebSocket opened the connection ends on both legs, without a Close, whatever crosses. One that was open for longer when the fault was armed ends at once.',
  imitates:
    'API Gateway after 2 hours, the backend timeout of Google load balancers (30 s by default), Cloud Run after 60 minutes, a deployment.',
  params: {
    ms: { type: 'number', default: 7_200_000, min: 10, max: 604_800_000, about: 'At what age, milliseconds.' },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How both legs end.' },
  },
  example: 'age-cut:ms=7200000',
  expects: ['intermediary.max-lifetime', 'frame.abnormal-close', 'server.close-after-101', 'server.rst-after-101'],
  effects: [
    { client: 'browsers', sees: 'close 1006, wasClean false, at the same age each time.' },
    { client: 'ws (Node)', sees: 'close 1006; with `end=reset` also an error, read ECONNRESET.' },
    { client: 'Python websockets', sees: 'no close frame received or sent.' },
    { client: 'socket.io', sees: 'transport close, and a reconnect.' },
  ],
  rows: ['hop.age-cut'],
  apply: (start, { ms, end }) => {
    if (start.from === 'client') return undefined;
    let over = false;
    return {
      push: () => undefined,
      wakeAt: () => (over ? null : start.openedMs + ms),
      wake: () => {
        over = true;
        return [{ type: 'end', how: end, ...(end === 'fin' && { sender: 'fin' as const }) }];
      },
    };
  },
});
