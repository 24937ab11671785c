import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { loseControl, lossEffects, lossParams } from '../lost-control.js';

export const fault = defineFault({
  id: 'swallow-ping',
  stage: 'frame',
  leg: 'both',
  title: 'Ping frames are lost',
  about: 'The Pings of one side never arrive, so no Pong comes back, and whoever pings takes the other side for dead.',
  imitates: 'A gateway that answers or drops control frames, a load balancer that relays only messages.',
  params: {
    from: fromParam(),
    ...lossParams,
  },
  example: 'swallow-ping',
  expects: ['frame.ping-timeout'],
  effects: lossEffects,
  rows: ['frame.ping-swallow'],
  apply: (start, { from, ...loss }, { random }) => (isFrom(from, start.from) ? loseControl(opcodes.ping, loss, random) : undefined),
});
