import { type Fold, startFold } from '../fold/fold.js';
import { isoTime } from '../model/clock.js';
import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import { decodeLine, encodeEvent } from './codec.js';
import { aligned, entryHead, kinds, type Slab } from './slab.js';

/** The most that is kept of what was dropped: characters of lines of all exchanges, and of one; the oldest exchanges go first. */
const mostText = 8 * 1024 * 1024;
const mostOfOne = 256 * 1024;
const mostExchanges = 10_000;

/** Why bytes are missing at the beginning of an exchange. */
const droppedWhy = 'the recording is kept in memory, and this is its oldest part';

interface Remains {
  /** Follows the frames, so that whoever reads on finds the next one. */
  readonly fold: Fold;
  readonly lines: string[];
  text: number;
  readonly lost: Record<Sender, number>;
  lastMs: number;
}

/** What is left of slabs that a ring dropped: all but the payloads of exchanges whose end is still in the ring, or still to come. */
export const createDropped = () => {
  const remains = new Map<string, Remains>();
  let text = 0;

  const forget = (exchange: string): void => {
    text -= remains.get(exchange)?.text ?? 0;
    remains.delete(exchange);
  };
  const remainsOf = (exchange: string): Remains => {
    let own = remains.get(exchange);
    if (!own) {
      own = { fold: startFold(exchange), lines: [], text: 0, lost: { client: 0, server: 0 }, lastMs: 0 };
      remains.set(exchange, own);
    }
    return own;
  };

  const takeEvent = (event: Event, line: string): void => {
    if (event.type === 'closed') {
      forget(event.exchange);
      return;
    }
    const own = remainsOf(event.exchange);
    if (event.exchange !== '') own.fold.apply(event);
    // It is told with what is lost here.
    if (event.type === 'bytes-lost') own.lost[event.from] += event.bytes;
    else if (own.text + line.length <= mostOfOne) {
      own.lines.push(line);
      own.text += line.length;
      text += line.length;
    }
  };
  const takeBytes = (exchange: string, from: Sender, { chunk, ms }: { readonly chunk: Uint8Array; readonly ms: number }): void => {
    const own = remainsOf(exchange);
    own.fold.bytes(from, chunk, ms);
    own.lost[from] += chunk.length;
    own.lastMs = ms;
  };

  return {
    take({ buffer, used }: Slab): void {
      const bytes = Buffer.from(buffer, 0, used);
      const words = new Uint32Array(buffer, 0, used >> 2);
      const times = new Float64Array(buffer, 0, used >> 3);
      const names: string[] = [];
      for (let entry = 0; entry < used; ) {
        const tag = words[entry >> 2] as number;
        const length = words[(entry >> 2) + 1] as number;
        const content = bytes.subarray(entry + entryHead, entry + entryHead + length);
        const kind = tag & 3;
        if (kind === kinds.name) names.push(JSON.parse(content.toString()));
        else if (kind === kinds.line) {
          const line = content.toString();
          const decoded = decodeLine(line);
          if (decoded.type === 'event') takeEvent(decoded.event, line);
        } else {
          const from = kind === kinds.client ? 'client' : 'server';
          takeBytes(names[tag >> 2] ?? '', from, { chunk: content, ms: times[(entry >> 3) + 1] as number });
        }
        entry += entryHead + aligned(length);
      }
      for (const exchange of remains.keys()) {
        if (text <= mostText && remains.size <= mostExchanges) break;
        if (exchange !== '') forget(exchange);
      }
    },
    /** Whole lines of a recording, to stand before those that are in the ring. */
    *lines(): Generator<Uint8Array> {
      for (const [exchange, { fold, lines, lost, lastMs }] of remains) {
        const gaps = (['client', 'server'] as const).flatMap((from): string[] => {
          if (lost[from] === 0) return [];
          const resume = fold.resume(from);
          return [
            encodeEvent({
              at: isoTime(lastMs),
              exchange,
              type: 'bytes-lost',
              from,
              bytes: lost[from],
              why: droppedWhy,
              ...(resume && { resume }),
            }),
          ];
        });
        yield Buffer.from([...lines, ...gaps].map((line) => `${line}\n`).join(''));
      }
    },
  };
};
