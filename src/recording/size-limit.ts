import { isoTime } from '../model/clock.js';
import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import { decodeLine, encodeEvent } from './codec.js';
import type { PayloadGate } from './slab-lines.js';

/** The share of the size behind which payloads stay out, so that heads and ends of exchanges still find room. */
const payloadShare = 7 / 8;
/** Kept free for the lines that end a recording. */
const lastLinesBytes = 1024;
const why = '--max-recording is reached';

/** Bytes that stayed out, of one exchange and side. */
export interface LeftOut {
  readonly exchange: string;
  readonly from: Sender;
  readonly bytes: number;
}

export interface SizeLimit extends PayloadGate {
  /** No line may end behind this offset but those that end the recording. */
  readonly hard: number;
  /** Whether payloads have begun to stay out. */
  readonly reached: boolean;
  /** What stayed out since the last call. */
  take(): readonly LeftOut[];
  /** The lines that say what stayed out of exchanges that have not ended. */
  rest(ms: number): string;
}

/** Keeps a recording under `bytes`. `size` tells how long the file is, what waits for the disk included. */
export const createSizeLimit = (bytes: number, size: () => number): SizeLimit => {
  const hard = bytes - lastLinesBytes;
  const soft = Math.min(hard, Math.floor(bytes * payloadShare));
  /** By exchange: bytes that no line in the file tells of yet. Only such exchanges as are open are here. */
  const untold = new Map<string, Record<Sender, number>>();
  let leftOut = new Map<string, LeftOut>();
  let reached = false;

  const mark = (exchange: string, from: Sender, { lost, ms }: { readonly lost: number; readonly ms: number }): string =>
    `${encodeEvent({ at: isoTime(ms), exchange, type: 'bytes-lost', from, bytes: lost, why })}\n`;
  const tell = (exchange: string, ms: number): string => {
    const counts = untold.get(exchange);
    if (!counts) return '';
    untold.delete(exchange);
    return (['client', 'server'] as const)
      .map((from) => (counts[from] > 0 ? mark(exchange, from, { lost: counts[from], ms }) : ''))
      .join('');
  };

  return {
    hard,
    get reached() {
      return reached;
    },
    admits: (pending, line) => {
      reached ||= size() + pending + line > soft;
      return !reached;
    },
    keepsOut: (name, from, { bytes: lost, ms }) => {
      const exchange: string = JSON.parse(name);
      const key = `${from} ${exchange}`;
      leftOut.set(key, { exchange, from, bytes: (leftOut.get(key)?.bytes ?? 0) + lost });
      const counts = untold.get(exchange);
      if (counts) {
        counts[from] += lost;
        return '';
      }
      // The first is told at once: whoever reads learns of the gap where it begins.
      untold.set(exchange, { client: 0, server: 0 });
      return mark(exchange, from, { lost, ms });
    },
    before: (line) => {
      if (untold.size === 0 || !line.includes('"type":"closed"')) return '';
      const decoded = decodeLine(line.toString());
      if (decoded.type !== 'event') return '';
      const event: Event = decoded.event;
      return event.type === 'closed' ? tell(event.exchange, Date.parse(event.at)) : '';
    },
    take: () => {
      const taken = [...leftOut.values()];
      leftOut = new Map();
      return taken;
    },
    rest: (ms) => [...untold.keys()].map((exchange) => tell(exchange, ms)).join(''),
  };
};
