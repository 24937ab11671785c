import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'packet-loss',
  stage: 'bytes',
  leg: 'both',
  title: 'Packets are lost, and everything waits for the next try',
  about:
    'TCP loses no byte: a lost segment is sent again when the retransmission timer runs out (RFC 6298), and everything behind it waits. `chance` is how likely a chunk is lost; the first wait is `rto` milliseconds, doubled as long as the next try is lost as well, up to `most`.',
  imitates: 'A weak Wi-Fi, a crowded mobile cell, a route that drops packets under load.',
  params: {
    from: fromParam('both'),
    chance: { type: 'number', default: 0.05, min: 0, max: 1, about: 'How likely a chunk is lost, and each new try as well.' },
    rto: { type: 'number', default: 200, min: 1, max: 60_000, about: 'The first wait, milliseconds; 200 is the least of Linux.' },
    most: { type: 'number', default: 3000, min: 1, max: 120_000, about: 'The longest wait for one try, milliseconds.' },
  },
  example: 'packet-loss:chance=0.9,rto=20,most=40',
  expects: [],
  effects: [{ client: 'every client', sees: 'Messages that stop for 200 ms to seconds and then come in a burst; a ping that is late.' }],
  rows: ['frame.stall'],
  apply: (start, { from, chance, rto, most }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    return {
      push: (unit, nowMs) => {
        let wait = 0;
        // Linux gives up after 15 tries.
        for (let attempt = 0; attempt < 15 && random.next() < chance; attempt++) wait += Math.min(most, rto * 2 ** attempt);
        return wait === 0 ? undefined : [{ type: 'unit', unit, atMs: nowMs + wait }];
      },
    };
  },
});
