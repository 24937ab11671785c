import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem, sentenceOf } from '../../model/problem.js';

export interface Profile {
  readonly path: string;
  remove(): Promise<void>;
  /** For the last moment of the process, which waits for nothing. */
  removeNow(): void;
}

/** A helper process of the browser may still write while its files go. */
const patient = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };

/** A new, empty folder that only this user can enter. */
export const makeProfile = (parent: string | null): Profile => {
  try {
    if (parent !== null) mkdirSync(parent, { recursive: true, mode: 0o700 });
    // mkdtemp makes folders of mode 0700.
    const path = mkdtempSync(join(parent ?? tmpdir(), 'shakedown-browser-'));
    return { path, remove: () => rm(path, patient), removeNow: () => rmSync(path, patient) };
  } catch (error) {
    throw new Problem(
      'SHK_BROWSER',
      `No folder for the browser's profile could be made: ${sentenceOf(error)}.`,
      'Make room in the temp folder, or set TMPDIR to another one.',
      { cause: error },
    );
  }
};
