import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'late-end',
  stage: 'bytes',
  leg: 'both',
  title: 'The end of the connection comes late, or never',
  about:
    'Every byte arrives in time, and the FIN of the sender `ms` milliseconds later, or with 0 never. The Close frame is no FIN and arrives: whoever waits for TCP to end as well (RFC 6455 section 7.1.1) waits for that long.',
  imitates: 'A server that leaves its sockets open, a proxy that keeps a connection for the next request, a lost FIN.',
  params: {
    from: fromParam(),
    ms: { type: 'number', default: 0, min: 0, max: 86_400_000, about: 'How much later, milliseconds; 0 is never.' },
  },
  example: 'late-end:ms=100',
  expects: [],
  effects: [
    { client: 'ws (Node)', sees: 'close comes late, at most after 30 s.' },
    { client: 'Chromium', sees: 'close comes late, at most after 2 s.' },
    { client: 'Python websockets', sees: 'close() waits for close_timeout, 10 s by default.' },
  ],
  rows: ['frame.half-open'],
  apply: (start, { from, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    let kept = false;
    return {
      push: () => undefined,
      end: (nowMs) => {
        kept = ms === 0;
        return kept ? [] : [{ type: 'end', how: 'fin', atMs: nowMs + ms }];
      },
      release: () => (kept ? [{ type: 'end', how: 'fin' }] : []),
    };
  },
});
