import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { counted } from '../frame-choice.js';

export const fault = defineFault({
  id: 'swallow-ping',
  stage: 'frame',
  leg: 'both',
  title: 'Ping frames are lost',
  about: 'The Pings of one side never arrive, so no Pong comes back, and whoever pings takes the other side for dead.',
  imitates: 'A gateway that answers or drops control frames, a load balancer that relays only messages.',
  params: {
    from: fromParam(),
    pass: { type: 'number', default: 0, min: 0, max: 1_000_000_000, whole: true, about: 'So many of them still arrive.' },
    chance: { type: 'number', default: 1, min: 0, max: 1, about: 'How likely each of the others is lost, drawn from the seed.' },
  },
  example: 'swallow-ping',
  expects: ['frame.ping-timeout'],
  effects: [
    {
      client: 'Python websockets 10',
      sees: 'As the side that pings: ConnectionClosedError: sent 1011 (unexpected error) keepalive ping timeout, 20 s after a Ping of its own that got no Pong.',
    },
    { client: 'ws (Node)', sees: 'Nothing by itself: whoever pings with it decides what a missing Pong means.' },
    { client: 'Chromium', sees: 'Nothing: browsers send no Pings; a server that pings leaves them with close 1006.' },
  ],
  rows: ['frame.ping-swallow'],
  apply: (start, { from, pass, chance }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = counted(0, chance, random);
    let passed = 0;
    return {
      push: (frame) => {
        if (frame.opcode !== opcodes.ping) return undefined;
        if (passed < pass) {
          passed += 1;
          return undefined;
        }
        return chosen() ? [] : undefined;
      },
    };
  },
});
