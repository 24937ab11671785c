import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'outages',
  stage: 'bytes',
  leg: 'both',
  title: 'The network goes away again and again',
  about:
    'In each period of `period` milliseconds the network is there first, and away for the last `ms` of them. What is sent meanwhile arrives when it is back, the end of the connection as well; nothing is lost. The periods of both directions begin with the WebSocket.',
  imitates: 'A train between two cells, a Wi-Fi at the end of its reach, a VPN that reconnects.',
  params: {
    from: fromParam('both'),
    period: { type: 'number', default: 30_000, min: 2, max: 86_400_000, about: 'How long one period is, milliseconds.' },
    ms: { type: 'number', default: 5000, min: 1, max: 86_400_000, about: 'How much of it the network is away, milliseconds.' },
  },
  example: 'outages:period=200,ms=199',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Nothing for `ms`, then all at once; a ping that is late, and its timeout where `ms` is longer.' },
    { client: 'Python websockets', sees: 'keepalive ping timeout, close 1011, where an outage takes more than 20 s.' },
  ],
  rows: ['frame.stall'],
  apply: (start, { from, period, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    const away = Math.min(ms, period);
    /** When the network is back; undefined: it is there. */
    const backAt = (nowMs: number): number | undefined => {
      const begun = start.openedMs + Math.floor((nowMs - start.openedMs) / period) * period;
      return nowMs < begun + period - away ? undefined : begun + period;
    };
    return {
      push: (unit, nowMs) => {
        const atMs = backAt(nowMs);
        return atMs === undefined ? undefined : [{ type: 'unit', unit, atMs }];
      },
      end: (nowMs) => {
        const atMs = backAt(nowMs);
        return atMs === undefined ? undefined : [{ type: 'end', how: 'fin', atMs }];
      },
    };
  },
});
