import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';
import { loseControl, lossEffects, lossParams } from '../lost-control.js';

export const fault = defineFault({
  id: 'swallow-pong',
  stage: 'frame',
  leg: 'both',
  title: 'Pong frames are lost',
  about:
    'The Pongs of one side never arrive: its Pings are answered, and whoever pinged takes the other side for dead all the same. By default those of the client are lost, because it is mostly the server that pings.',
  imitates: 'A gateway that drops control frames, a client whose thread is blocked.',
  params: {
    from: fromParam('client'),
    ...lossParams,
  },
  example: 'swallow-pong',
  expects: ['frame.ping-timeout'],
  effects: lossEffects,
  rows: ['frame.pong-swallow'],
  apply: (start, { from, ...loss }, { random }) => (isFrom(from, start.from) ? loseControl(opcodes.pong, loss, random) : undefined),
});
