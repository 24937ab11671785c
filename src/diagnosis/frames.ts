import type { Exchange } from '../model/exchange.js';
import type { FrameDefect } from '../model/frame.js';
import type { Verdict } from './rule.js';

/** What reached the other side of what one side sent: with faults in between that is not what was sent. */
export const received = ({ frames, given }: Exchange): Exchange['frames'] => ({
  fromClient: given.fromClient ?? frames.fromClient,
  fromServer: given.fromServer ?? frames.fromServer,
});

/** The verdict of a rule that stands for one defect of frames: the first one, and how often it was seen. */
export const defectVerdict = (exchange: Exchange, code: FrameDefect['code']): Verdict | undefined => {
  const frames = received(exchange);
  for (const [leg, tally] of [['server', frames.fromServer] as const, ['client', frames.fromClient] as const]) {
    const [first, ...more] = tally.defects.filter((defect) => defect.code === code);
    if (!first) continue;
    const times = more.length > 0 ? ` (and ${more.length} more)` : '';
    return {
      confidence: 0.95,
      evidence: [
        {
          leg,
          what: 'frames',
          text: `from the ${leg}, byte ${first.offset} after the handshake: ${first.note}${times}`,
          offset: first.offset,
        },
      ],
      culprit: null,
    };
  }
  return undefined;
};
