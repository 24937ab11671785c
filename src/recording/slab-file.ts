import { isoTime } from '../model/clock.js';
import type { EngineEventBody, Event } from '../model/event.js';
import { sentenceOf } from '../model/problem.js';
import { encodeEvent } from './codec.js';
import type { LineFile } from './line-file.js';
import { countLines, countSlab, type Missing, nothingMissing, plus } from './missing.js';
import { createSizeLimit, type LeftOut } from './size-limit.js';
import type { Slab } from './slab.js';
import { createLineMaker } from './slab-lines.js';

const LF = 0x0a;
const nothing = new Uint8Array(0);
/** After a failed write, how long until the next try, in milliseconds. */
export const retryMs = 1000;

export interface SlabFilePorts {
  readonly file: LineFile;
  /** Milliseconds since the epoch, for the lines that this writes itself. */
  now(): number;
  /** The slab is in the file, or counted as missing, and may be filled again. */
  give(buffer: ArrayBuffer): void;
  /** A write failed; what came in waits. */
  stalled(code: string, message: string): void;
  /** All that had waited is in the file. */
  resumed(): void;
  /** The limit is near, and payloads stay out; or it is reached, and everything does. */
  limited(what: 'payloads' | 'everything'): void;
  leftOut(list: readonly LeftOut[]): void;
}

/** What whoever ends the recording knows of it. `lost` was lost before it came here. */
export interface Ending {
  readonly exchanges: number;
  readonly lost: Missing;
}

export interface Ended {
  /** What is not there for want of room. */
  readonly missing: Missing;
  /** The last line, when it is there. */
  readonly stopped: Event | null;
}

export interface SlabFile {
  push(slab: Slab): void;
  /** Tries to write what waits. False when something still does. */
  retry(): boolean;
  /** Nothing is written any more: what comes and what waits is counted and given back. */
  abandon(): void;
  /** Writes what waits as far as it fits, and the last lines. */
  end(ending: Ending): Ended;
}

/**
 * Writes slabs into a file. When a write fails, what comes in is kept until one works again: whoever sends slabs sees that none comes back, and
 * sends less. With `limit` the file never grows beyond so many bytes.
 */
export const createSlabFile = (ports: SlabFilePorts, limit: number | null): SlabFile => {
  const { file, now } = ports;
  const waiting: Slab[] = [];
  /** Lines of the slab in hand that could not be written. */
  let rest: Buffer[] = [];
  let inHand: Slab | undefined;
  let failure = '';
  /** `full`: the limit is reached. `over`: nothing is written any more. */
  let full = false;
  let over = false;
  let toldPayloads = false;
  let missing: Missing = nothingMissing;

  const made = (body: EngineEventBody): Event => ({ at: isoTime(now()), exchange: '', ...body });
  const lineOf = (event: Event): Buffer => Buffer.from(`${encodeEvent(event)}\n`);
  const notice = (text: string): Buffer => lineOf(made({ type: 'notice', level: 'error', text }));
  const restBytes = (): number => rest.reduce((sum, { length }) => sum + length, 0);
  const gate = limit === null ? undefined : createSizeLimit(limit, () => file.end + restBytes());

  /** Appends; what is not taken waits. */
  const append = (lines: Uint8Array): void => {
    const appended = file.append(lines);
    if (!('error' in appended)) return;
    rest.push(Buffer.from(lines.subarray(appended.taken)));
    if (failure !== '') return;
    failure = appended.code;
    // Should the process be killed now, it is the last line of the file.
    file.append(
      notice(`The recording cannot be written (${failure}): what comes next waits in memory. If this is the last line, it is missing.`),
    );
    ports.stalled(failure, sentenceOf(appended.error));
  };
  const add = (lines: Uint8Array): void => {
    if (rest.length > 0) rest.push(Buffer.from(lines));
    else append(lines);
  };
  const reachEnd = (): void => {
    full = true;
    add(notice(`The recording ends here: it has reached the ${limit} bytes of --max-recording. The traffic goes on.`));
    ports.limited('everything');
  };
  /** Takes whole lines: to the file, behind what waits, or out. */
  const take = (lines: Uint8Array): void => {
    const room = gate ? gate.hard - file.end - restBytes() : Number.POSITIVE_INFINITY;
    const fits = full ? 0 : lines.length <= room ? lines.length : room <= 0 ? 0 : lines.lastIndexOf(LF, room - 1) + 1;
    if (fits > 0) add(lines.subarray(0, fits));
    if (fits === lines.length) return;
    missing = plus(missing, countLines(lines.subarray(fits)));
    if (!full) reachEnd();
  };
  const makeLines = createLineMaker(take, gate);

  const finish = (slab: Slab): void => {
    const out = gate?.take() ?? [];
    if (out.length > 0) {
      missing = plus(missing, { events: 0, bytes: out.reduce((sum, { bytes }) => sum + bytes, 0) });
      ports.leftOut(out);
    }
    if (gate?.reached && !toldPayloads) {
      toldPayloads = true;
      ports.limited('payloads');
    }
    ports.give(slab.buffer);
  };

  const drop = (slab: Slab): void => {
    missing = plus(missing, countSlab(slab));
    ports.give(slab.buffer);
  };

  const drainRest = (): void => {
    const lines = Buffer.concat(rest);
    rest = [];
    append(lines);
  };

  const retry = (): boolean => {
    if (rest.length > 0) drainRest();
    while (rest.length === 0) {
      if (inHand) finish(inHand);
      inHand = waiting.shift();
      if (!inHand) break;
      makeLines(inHand);
    }
    if (rest.length > 0) return false;
    if (failure !== '') ports.resumed();
    failure = '';
    return true;
  };

  const abandon = (): void => {
    missing = plus(missing, countLines(Buffer.concat(rest)));
    if (inHand) finish(inHand);
    for (const slab of waiting.splice(0)) drop(slab);
    [rest, inHand, failure, over] = [[], undefined, '', true];
  };

  /** Appends the last lines. Room for them is made where there is none: they are worth more than the last events. */
  const appendLast = (failed: string, { exchanges, lost }: Ending): Ended => {
    let why = failed;
    const ended = (stopped: Event | null): Ended => ({ missing: why === '' ? nothingMissing : missing, stopped });
    for (const more of [0, 512, 8 * 1024, 128 * 1024]) {
      const given = more === 0 ? nothing : file.giveUp(more);
      if (!given) break;
      missing = plus(missing, countLines(given));
      const all = plus(lost, missing);
      const mark = why === '' ? nothing : notice(`The recording ends here: it could not be written (${why}). ${missingText(missing)}`);
      const stopped = made({ type: 'stopped', exchanges, lost: { bytes: all.bytes, events: all.events } });
      const appended = file.append(Buffer.concat([mark, lineOf(stopped)]));
      if (!('error' in appended)) return ended(stopped);
      why = appended.code;
    }
    return ended(null);
  };

  return {
    push: (slab) => {
      if (over) return drop(slab);
      waiting.push(slab);
      if (failure === '') retry();
    },
    retry,
    abandon,
    end: (ending) => {
      const why = retry() ? '' : failure;
      abandon();
      if (gate) file.append(Buffer.from(gate.rest(now())));
      return appendLast(why, ending);
    },
  };
};

const missingText = ({ events, bytes }: Missing): string => `${events} events with ${bytes} bytes are missing.`;
