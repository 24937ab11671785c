import type { MessageHold, MessageRelease } from '../faults/flow.js';
import type { Sender } from '../model/frame.js';
import type { Verdict } from '../model/hold.js';
import type { River } from './river.js';
import type { Tap } from './tap.js';

export interface MessageHolding {
  readonly hold: MessageHold;
  /** The direction is over: what is held of it is let go. */
  leave(): void;
}

/** Holds messages of one direction where somebody wants them held; `release` says how the held one goes on. */
export const holdMessages = (
  river: River,
  { from, tap, release }: { readonly from: Sender; readonly tap: Tap; readonly release: (how: MessageRelease) => void },
): MessageHolding => {
  let held: string | null = null;
  const onVerdict = (verdict: Verdict): void => {
    held = null;
    if (verdict.type === 'edit-message') release({ type: verdict.message.type, payload: verdict.message.bytes });
    else release(verdict.type === 'drop' ? 'drop' : 'pass');
  };
  return {
    hold: {
      active: () => river.holds.wantsMessages(tap.id, from),
      take: (message) => {
        held = river.holds.take({ exchange: tap.id, at: 'message', from, head: null, message, emit: tap.emit, onVerdict });
        return held !== null;
      },
    },
    leave: () => {
      if (held !== null) river.holds.leave({ held });
    },
  };
};
