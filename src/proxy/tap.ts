import { type Clock, isoTime } from '../model/clock.js';
import type { EventBody } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import type { Sink } from './sink.js';

/** Writes one exchange's events. */
export interface Tap {
  readonly id: string;
  /** Counts from 1 in the order of arrival: the seed of this exchange's chances. */
  readonly ordinal: number;
  /** The client is on another machine. */
  readonly guest: boolean;
  emit(body: EventBody): void;
  bytes(from: Sender, chunk: Uint8Array): void;
}

export const createTap = (
  river: { readonly clock: Clock; readonly sink: Sink },
  { ordinal, guest }: { readonly ordinal: number; readonly guest: boolean },
): Tap => {
  const id = String(ordinal);
  const { clock, sink } = river;
  /** More than one part of the river may see the same end. */
  const ends = new Set<string>();
  return {
    id,
    ordinal,
    guest,
    emit: (body) => {
      if (body.type === 'end') {
        const end = `${body.leg} ${body.how} ${body.by}`;
        if (ends.has(end)) return;
        ends.add(end);
      }
      sink.event({ at: isoTime(clock.now()), exchange: id, ...body });
    },
    bytes: (from, chunk) => sink.bytes(id, from, chunk, clock.now()),
  };
};
