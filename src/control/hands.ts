import { randomBytes } from 'node:crypto';
import { unitText } from '../faults/describe-flow.js';
import type { WireFrame } from '../faults/flow.js';
import { type Clock, isoTime } from '../model/clock.js';
import type { Event, EventBody } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import { type AppliedFault, byHand } from '../model/fault-choice.js';
import { opcodes, type Sender } from '../model/frame.js';
import { Problem } from '../model/problem.js';
import type { Ends } from '../proxy/ends.js';
import type { Holds } from '../proxy/holds.js';
import type { Opening, Openings } from '../proxy/openings.js';
import { closePayload } from '../wire/frame-encoder.js';
import type { Control, FrameToInject } from './control.js';

/** What somebody does to an exchange by hand. */
export type Hands = Pick<Control, 'inject' | 'close' | 'kill' | 'holds' | 'hold' | 'unhold' | 'release'>;

export interface HandsParts {
  readonly clock: Clock;
  readonly openings: Openings;
  readonly ends: Ends;
  readonly holds: Holds;
  look(id: string): Exchange | undefined;
  event(event: Event): void;
}

/** RFC 6455 section 5.5. */
const mostControlBytes = 125;
const mostBytes = 1024 * 1024;
/** How long the two sides have to end a connection that both were told to close. */
const closingMs = 1000;

export const createHands = ({ clock, openings, ends, holds, look, event }: HandsParts): Hands => {
  const emit = (id: string, body: EventBody): void => event({ at: isoTime(clock.now()), exchange: id, ...body });

  const exchangeOf = (id: string): Exchange => {
    const exchange = look(id);
    if (!exchange) throw new Problem('SHK_NOT_FOUND', `There is no exchange ${JSON.stringify(id)}.`, 'List the exchanges for their ids.');
    return exchange;
  };

  const openingOf = (id: string): Opening => {
    const { outcome } = exchangeOf(id);
    const opening = openings.get(id);
    if (opening) return opening;
    throw new Problem(
      'SHK_STATE',
      `The exchange ${JSON.stringify(id)} is no open WebSocket: it is ${outcome}.`,
      'Choose one whose outcome is open.',
    );
  };

  const note = (id: string, fault: Omit<AppliedFault, 'id'>): void => emit(id, { type: 'fault', fault: { id: byHand, ...fault } });

  const put = (id: string, opening: Opening, { to, type, payload }: FrameToInject): void => {
    const from: Sender = to === 'client' ? 'server' : 'client';
    const frame: WireFrame = {
      ...{ fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: opcodes[type], payload },
      key: from === 'client' ? new Uint8Array(randomBytes(4)) : null,
    };
    if (!opening[from].inject(frame))
      throw new Problem(
        'SHK_STATE',
        `Nothing can be put into the exchange ${JSON.stringify(id)} any more on its way to the ${to}.`,
        'Its direction has ended, or too many frames wait there for the end of a message.',
      );
    emit(id, { type: 'injected', to, frame: type, bytes: payload.length });
    const stage = type === 'close' ? 'close' : 'frame';
    note(id, { params: { act: 'inject' }, stage, leg: to, before: 'nothing', after: unitText(frame) });
  };

  const endingOf = (id: string) => {
    const { outcome } = exchangeOf(id);
    const ending = ends.get(id);
    if (!ending)
      throw new Problem('SHK_STATE', `The exchange ${JSON.stringify(id)} is over: it is ${outcome}.`, 'Choose one that has not ended.');
    return ending;
  };

  return {
    inject: async (id, frame) => {
      const { type, payload } = frame;
      const most = opcodes[type] >= opcodes.close ? mostControlBytes : mostBytes;
      if (payload.length > most)
        throw new Problem('SHK_USAGE', `A ${type} frame of ${payload.length} bytes is too long: ${most} is the most.`, 'Shorten it.');
      put(id, openingOf(id), frame);
    },
    close: async (id, { code = 1000, reason = '' }) => {
      const payload = closePayload(code, reason);
      if (payload.length > mostControlBytes)
        throw new Problem('SHK_USAGE', `The reason takes ${payload.length - 2} bytes, and a Close has room for 123.`, 'Shorten it.');
      const opening = openingOf(id);
      for (const to of ['client', 'server'] as const) put(id, opening, { to, type: 'close', payload });
      setTimeout(() => ends.get(id)?.finish(), closingMs).unref();
    },
    kill: async (id) => {
      const ending = endingOf(id);
      for (const leg of ['client', 'server'] as const)
        note(id, { params: { act: 'kill' }, stage: 'bytes', leg, before: 'a connection that goes on', after: 'the connection is reset' });
      // In that order: what is held of it must not go on first.
      ending.reset();
      holds.leave({ exchange: id });
    },
    holds: async () => ({ holds: holds.list(), held: holds.held() }),
    hold: async (spec) => holds.add(spec),
    unhold: async (id) => holds.remove(id),
    release: async (held, verdict) => holds.release(held, verdict),
  };
};
