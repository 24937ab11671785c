import { isoTime } from '../model/clock.js';
import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import { decodeLine, encodeEvent } from '../recording/codec.js';
import { Misfit } from './misfit.js';
import { createRecording, type RecordingFile } from './recording-file.js';
import { earliestMs, latestMs, type Told } from './told.js';

/** Something of the file that is not in the recording, and why. */
export interface Skipped {
  /** `log.entries[3].request.url`, `line 17`. */
  readonly where: string;
  readonly why: string;
}

export interface Imports {
  /** The recording. */
  readonly path: string;
  readonly exchanges: number;
  readonly messages: number;
  /** At most 1000 of them, the last of which then counts the others. */
  readonly skipped: readonly Skipped[];
}

export interface ImportOptions {
  /** The recording to make; nothing may be there. */
  readonly to: string;
  /** The version of shakedown. */
  readonly shakedown: string;
  /** Bytes of the file so far, and of all. */
  readonly onProgress?: (read: number, size: number) => void;
}

const mostSkipped = 1000;

/** Where an importer puts what it reads. The recording is made with its first exchange, so that a file without any leaves none behind. */
export const createImportSink = ({ to, shakedown }: ImportOptions) => {
  let file: RecordingFile | null = null;
  let exchanges = 0;
  let messages = 0;
  let moreSkipped = 0;
  const skipped: Skipped[] = [];

  const eventOf = (exchange: string, [atMs, body]: Told): Event => {
    if (!(atMs >= earliestMs && atMs < latestMs)) throw new Misfit('a time in it', 'is none');
    return { at: isoTime(atMs), exchange, ...body };
  };
  /** Checked as a reader of the recording will check it. */
  const checked = (exchange: string, told: Told): Event => {
    const event = eventOf(exchange, told);
    const decoded = decodeLine(encodeEvent(event));
    if (decoded.type !== 'damage') return event;
    throw new Misfit('what it says', `cannot be recorded: ${decoded.why}`);
  };

  return {
    skip: (where: string, why: string): void => {
      if (skipped.length < mostSkipped - 1) skipped.push({ where, why });
      else moreSkipped++;
    },
    /** All events of an exchange or none: throws a Misfit before the first is written. */
    begin: (exchange: string, told: readonly Told[], startMs: number): void => {
      const events = told.map((one) => checked(exchange, one));
      file ??= createRecording(to, { startedAt: isoTime(startMs), shakedown });
      for (const event of events) file.event(event);
      exchanges++;
    },
    add: (exchange: string, told: readonly Told[]): void => {
      for (const one of told) file?.event(eventOf(exchange, one));
    },
    message: (): void => {
      messages++;
    },
    checked,
    close: (): Imports => {
      file?.close();
      if (moreSkipped > 0) skipped.push({ where: 'the file', why: `${moreSkipped} more were left out` });
      return { path: to, exchanges, messages, skipped };
    },
    abandon: (): void => file?.abandon(),
  };
};

export type ImportSink = ReturnType<typeof createImportSink>;

/** Bytes that a recording has of each side, by its events. */
export const sizesOf = (told: readonly Told[]): Record<Sender, number> => {
  const sizes = { client: 0, server: 0 };
  for (const [, event] of told) {
    if (event.type === 'bytes') sizes[event.from] += Buffer.byteLength(event.data, 'base64');
    if (event.type === 'head' && event.raw !== undefined) sizes[event.site === 'clientSent' ? 'client' : 'server'] += event.raw.length;
  }
  return sizes;
};
