import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import type { FrameDefect } from '../model/frame.js';
import { agreedDeflate } from '../wire/extensions.js';
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

interface CloseSaid {
  /** As a title begins: an answer repeats the code that it answers, so with the same code from both nobody can say who was first. */
  readonly who: 'The client' | 'The server' | 'One side';
  readonly evidence: Evidence;
  readonly code: number;
  readonly reason: string;
}

/** A Close that `isIt` takes; where both sides sent one, that which gives a reason. */
export const closeThat = (
  { frames }: Exchange,
  isIt: (close: { readonly code: number; readonly reason: string }) => boolean,
): CloseSaid | undefined => {
  const { fromClient, fromServer } = frames;
  const fitting = [
    { leg: 'client' as const, close: fromClient.close },
    { leg: 'server' as const, close: fromServer.close },
  ].flatMap(({ leg, close }) => (close && isIt(close) ? [{ leg, ...close }] : []));
  const one = fitting.find(({ reason }) => reason !== '') ?? fitting[0];
  if (!one) return undefined;
  const { leg, code, reason } = one;
  const either = fitting.length > 1 && reason === '';
  return {
    who: either ? 'One side' : leg === 'client' ? 'The client' : 'The server',
    evidence: { leg, what: 'frames', text: `Close ${code} ${reason}`.trim() },
    ...{ code, reason },
  };
};

/** Whether permessage-deflate was agreed on. */
export const agreedOnDeflate = ({ heads }: Exchange): boolean =>
  agreedDeflate([heads.clientSent, heads.serverGot], heads.clientGot ?? heads.serverSent) !== null;
