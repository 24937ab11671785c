import { closePayload } from '../../wire/frame-encoder.js';
import { shortReason } from '../close-reason.js';
import { defineFault } from '../fault.js';
import { fromParam, isFrom, remade } from '../flow.js';

export const fault = defineFault({
  id: 'close-reason',
  stage: 'close',
  leg: 'both',
  title: 'A Close has another reason',
  about: 'The reason of a Close frame is replaced; its code stays, and a Close without a code gets 1000, because a reason needs one.',
  imitates: 'A gateway with words of its own, a server that puts its error message there.',
  params: {
    from: fromParam(),
    reason: { type: 'string', default: 'going down for maintenance', anyText: true, about: 'The reason, UTF-8, cut after 123 bytes.' },
  },
  example: 'close-reason:reason="going down for maintenance"',
  expects: [],
  effects: [{ client: 'every client', sees: 'The other reason.' }],
  rows: ['frame.close-code'],
  apply: (start, { from, reason }) => {
    if (!isFrom(from, start.from)) return undefined;
    return {
      push: (frame) => {
        const code = frame.payload.length < 2 ? closePayload(1000) : frame.payload.subarray(0, 2);
        const payload = Buffer.concat([code, Buffer.from(shortReason(reason))]);
        return payload.equals(frame.payload) ? undefined : [{ type: 'unit', unit: remade(frame, { payload }) }];
      },
    };
  },
});
