import { closeSync, unlinkSync, writeSync } from 'node:fs';
import type { Event } from '../model/event.js';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';
import { encodeEvent, encodeFirstLine } from '../recording/codec.js';
import { createRecordingFile } from '../recording/create-file.js';

/** A new recording that is written by a reader of something else: nothing is live, so that it may wait for the disk. */
export interface RecordingFile {
  event(event: Event): void;
  /** Writes what is still to be written, and closes it. */
  close(): void;
  /** Takes the file away again. */
  abandon(): void;
}

/** Written at once, bytes. */
const batchBytes = 256 * 1024;

/** Makes a recording for its owner alone, where nothing is yet. Throws a Problem SHK_RECORDING. */
export const createRecording = (
  path: string,
  { startedAt, shakedown }: { readonly startedAt: string; readonly shakedown: string },
): RecordingFile => {
  const firstLine = Buffer.from(`${encodeFirstLine({ startedAt, shakedown })}\n`);
  const fd = createRecordingFile(path, firstLine);
  let end = firstLine.length;
  let lines: string[] = [];
  let held = 0;
  let open = true;

  const abandon = (): void => {
    if (!open) return;
    open = false;
    closeSync(fd);
    unlinkSync(path);
  };
  const flush = (): void => {
    const bytes = Buffer.from(lines.join(''));
    lines = [];
    held = 0;
    try {
      for (let at = 0; at < bytes.length; ) {
        const taken = writeSync(fd, bytes, at, bytes.length - at, end);
        at += taken;
        end += taken;
      }
    } catch (error) {
      abandon();
      const why = codeOf(error) === 'ENOSPC' ? 'the disk is full' : sentenceOf(error);
      throw new Problem(
        'SHK_RECORDING',
        `The recording ${path} cannot be written: ${why}.`,
        'Make room, or name a file elsewhere with --out.',
        {
          cause: error,
        },
      );
    }
  };
  return {
    event: (event) => {
      const line = `${encodeEvent(event)}\n`;
      lines.push(line);
      held += line.length;
      if (held >= batchBytes) flush();
    },
    close: () => {
      flush();
      open = false;
      closeSync(fd);
    },
    abandon,
  };
};
