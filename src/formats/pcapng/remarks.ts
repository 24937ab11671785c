import type { Sender } from '../../model/frame.js';
import type { About } from './conversation.js';

/**
 * Which packet of a leg a remark is about: the `first` of the exchange, the `opening` of the connection (where TLS was), the head of the `request`
 * or `response`, the `body` of a refusal, the peer's `frames`, the talk at the `door` (CONNECT, SOCKS) or with an `upstream` proxy, the `end`, or
 * the next one, whatever it is.
 */
export type Spot = 'first' | 'opening' | 'request' | 'response' | 'body' | 'frames' | 'door' | 'upstream' | 'end' | 'next';

export interface Remark {
  readonly leg: Sender;
  readonly spot: Spot;
  /** Of a byte that must be in the packet, behind the heads of its direction. */
  readonly offset?: number;
  readonly text: string;
}

/** What waits for its packet. */
export interface Remarks {
  add(remark: Remark): void;
  /** The texts for this packet; they wait no more. */
  take(packet: { readonly leg: Sender; readonly length: number; readonly first: boolean }, about: About | undefined): readonly string[];
  /** All that found no packet. */
  rest(): string[];
}

/** A recording may hold any number of faults and gaps. */
const mostWaiting = 300;
const none: readonly string[] = [];

export const createRemarks = (remarks: readonly Remark[]): Remarks => {
  let waiting = [...remarks];
  let dropped = 0;

  const fits = ({ spot, offset }: Remark, length: number, first: boolean, about: About | undefined): boolean => {
    if (spot === 'next') return true;
    if (spot === 'first') return first;
    if (spot !== about?.what) return false;
    const start = about.offset ?? 0;
    return offset === undefined || (offset >= start && offset < start + length);
  };

  return {
    add: (remark) => {
      if (waiting.length < mostWaiting) waiting.push(remark);
      else dropped++;
    },
    take: ({ leg, length, first }, about) => {
      if (waiting.length === 0) return none;
      const due = waiting.filter((remark) => remark.leg === leg && fits(remark, length, first, about));
      if (due.length > 0) waiting = waiting.filter((remark) => !due.includes(remark));
      return due.map(({ text }) => text);
    },
    rest: () => {
      // A leg without a packet has no first one.
      const texts = waiting.filter(({ spot }) => spot !== 'first').map(({ text }) => text);
      waiting = [];
      return dropped > 0 ? [...texts, `${dropped} further remarks were left out.`] : texts;
    },
  };
};
