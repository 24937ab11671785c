import type { Event } from '../model/event.js';
import { Problem } from '../model/problem.js';
import { type BytesLine, readBytesLine } from './bytes-line.js';
import { type DecodedLine, decodeFirstLine, decodeLine, type FirstLine } from './codec.js';
import { type Line, lineBatches, nameOf, type Place, type Source } from './lines.js';
import { currentVersion, migrationFrom, type Step } from './migrate.js';

/** A line in the middle of a file that is not an event. The rest of the file can be read. */
export interface Damage extends Place {
  /** A sentence about the line, without its place. */
  readonly why: string;
}

export interface ReadingListener {
  readonly onEvent: (event: Event, line: Line) => void;
  /** Takes nearly all events of type `bytes` in place of `onEvent`, decoded; those that another tool has written still come there. */
  readonly onBytes?: ((bytes: BytesLine, line: Line) => void) | undefined;
  readonly onDamage?: ((damage: Damage) => void) | undefined;
}

/**
 * How a recording ends: with its last line, which says what is missing; `none`: it should have one and has not, because the process that wrote it
 * was killed or is still at it; `unknown`: an older shakedown or an import wrote it and promised no last line, or not all of it was read.
 */
export type RecordingEnd = Extract<Event, { type: 'stopped' }> | 'none' | 'unknown';

/** What was read. */
export interface Reading {
  readonly first: FirstLine;
  readonly events: number;
  /** Events of types that a later shakedown writes; skipped. */
  readonly unknown: number;
  readonly damaged: number;
  /** The last line was cut short (the writer was killed, or is still at it); dropped. */
  readonly torn: boolean;
  readonly ending: RecordingEnd;
  /** Behind the last whole line: give it as `from` to read what was written since. */
  readonly end: Place;
}

export interface ReadingOptions {
  /** The `end` of an earlier reading; the first line is checked all the same. */
  readonly from?: Place | undefined;
  /** The offset in bytes behind which nothing is wanted. */
  readonly until?: number | undefined;
  /** How much is read at a time, in bytes: little where little is wanted; a megabyte when not said. */
  readonly batchBytes?: number | undefined;
  /** Lines that it says no to are not even parsed. */
  readonly wanted?: ((raw: Buffer) => boolean) | undefined;
}

const notOurs = 'Name a file that `shakedown start` or `shakedown import` wrote.';

/** Checks the first line and returns what lifts the others to the current version. Throws a Problem. */
const openFile = (line: Line | undefined, name: string): { first: FirstLine; upgrade: Step | undefined } => {
  const text = line?.raw.toString() ?? '';
  if (!line || text.trim() === '') throw new Problem('SHK_RECORDING', `The recording ${name} is empty.`, notOurs);
  const first = decodeFirstLine(text);
  if (!first) {
    const torn = line.state === 'torn' && text.startsWith('{') && line.bytes < 200;
    throw new Problem(
      'SHK_RECORDING',
      torn ? `The recording ${name} is cut short in its first line.` : `${name} is not a recording of shakedown.`,
      notOurs,
    );
  }
  const upgrade = migrationFrom(first.version);
  if (upgrade === 'newer') {
    throw new Problem(
      'SHK_RECORDING',
      `The recording ${name} has format version ${first.version}; this shakedown reads up to version ${currentVersion}.`,
      `Read it with a newer shakedown${first.shakedown ? ` (${printable(first.shakedown)} wrote it)` : ''}.`,
    );
  }
  if (upgrade === 'unknown')
    throw new Problem('SHK_RECORDING', `The recording ${name} has the unknown format version ${first.version}.`, notOurs);
  return { first, upgrade: first.version === currentVersion ? undefined : upgrade };
};

const printable = (text: string): string => text.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');

const firstLineOf = async (source: Source): Promise<Line | undefined> => {
  for await (const batch of lineBatches(source, { batchBytes: 4096 })) if (batch[0]) return batch[0];
  return undefined;
};

/**
 * Reads a recording from start to end (a file also from where an earlier reading ended) and tells every event, megabyte by megabyte; yields after
 * each, so that the caller can do something with what it was told. Throws a Problem SHK_RECORDING; damaged lines are told and passed over.
 */
export async function* readSteps(source: Source, listener: ReadingListener, options: ReadingOptions = {}): AsyncGenerator<void, Reading> {
  const { onEvent, onBytes, onDamage } = listener;
  const name = nameOf(source);
  let opened = options.from ? openFile(await firstLineOf(source), name) : undefined;
  let end = options.from ?? { line: 1, offset: 0 };
  const counts = { events: 0, unknown: 0, damaged: 0 };
  let torn = false;
  let last: Event | undefined;
  let partly = options.wanted !== undefined;

  const told = (line: Line, why: string): void => {
    counts.damaged++;
    onDamage?.({ line: line.line, offset: line.offset, why });
  };
  const take = (line: Line, upgrade: Step | undefined) => {
    if (line.state === 'too-long') return told(line, 'it is longer than any line of a recording');
    if (options.wanted?.(line.raw) === false) return;
    const bytes = upgrade ? undefined : readBytesLine(line.raw);
    if (bytes) {
      last = undefined;
      counts.events++;
      if (onBytes) return onBytes(bytes, line);
      const { at, exchange, from, data } = bytes;
      return onEvent({ at, exchange, type: 'bytes', from, data }, line);
    }
    const text = line.raw.toString();
    if (/^\s*$/.test(text)) return;
    const decoded: DecodedLine = decodeLine(text, upgrade);
    last = decoded.type === 'event' ? decoded.event : undefined;
    if (decoded.type === 'event') {
      counts.events++;
      return onEvent(decoded.event, line);
    }
    if (decoded.type === 'unknown') counts.unknown++;
    else if (line.state === 'torn') torn = true;
    else told(line, decoded.why);
  };

  for await (const batch of lineBatches(source, options)) {
    for (const line of batch) {
      if (!opened) opened = openFile(line, name);
      else take(line, opened.upgrade);
      if (!torn) end = { line: line.line + 1, offset: line.offset + line.bytes };
    }
    yield;
    partly ||= options.until !== undefined && end.offset >= options.until;
    if (options.until !== undefined && end.offset >= options.until) break;
  }
  const { first } = opened ?? openFile(undefined, name);
  partly ||= options.from !== undefined && counts.events === 0;
  const ending = last?.type === 'stopped' ? last : partly || first.lastLine !== 'stopped' ? 'unknown' : 'none';
  return { first, ...counts, torn, ending, end };
}

/** Reads a recording and tells every event; memory stays flat. Rejects with a Problem SHK_RECORDING. */
export const readRecording = async (source: Source, listener: ReadingListener, options: ReadingOptions = {}): Promise<Reading> => {
  const steps = readSteps(source, listener, options);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
};
