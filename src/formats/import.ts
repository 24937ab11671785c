import { open } from 'node:fs/promises';
import { Problem, sentenceOf } from '../model/problem.js';
import { importHar } from './har/import.js';
import type { ImportOptions, Imports } from './import-sink.js';
import { importJsonLines } from './json-lines/import.js';

const importers = { har: importHar, 'json-lines': importJsonLines } as const;
export type ImportKind = keyof typeof importers;
export const importKinds = Object.keys(importers) as ImportKind[];

/** What is looked at to tell one format from another, bytes. */
const startBytes = 64 * 1024;
const readable = 'Give it a HAR, or messages as `shakedown inspect FILE --messages --json` prints them.';

const startOf = async (path: string): Promise<string> => {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new Problem('SHK_RECORDING', `${path} cannot be read: ${sentenceOf(error)}.`, 'Name a file that you may read.', { cause: error });
  }
};

/** Which format a file is, by its first key. Throws a Problem SHK_RECORDING for what cannot be imported. */
const kindOf = async (path: string): Promise<ImportKind> => {
  const start = await startOf(path);
  const no = (why: string, advice: string): Problem => new Problem('SHK_RECORDING', `${path} ${why}.`, advice);
  if (start.trim() === '') throw no('is empty', readable);
  if (start.startsWith('\x1f\x8b') || /^\x78[\x01\x5e\x9c\xda]/.test(start)) throw no('is compressed', 'Unpack it first.');
  const key = /^(?:\xef\xbb\xbf)?\s*\{\s*"([^"]{0,100})"\s*:/.exec(start)?.[1];
  if (key === 'format') throw no('is a recording of shakedown already', `Look at it: shakedown inspect ${path}`);
  const line = start.slice(0, start.indexOf('\n') === -1 ? undefined : start.indexOf('\n'));
  if (/"exchange"\s*:/.test(line.slice(0, 1000)) && !/"log"\s*:/.test(line.slice(0, 1000))) return 'json-lines';
  if (key !== undefined && /"log"\s*:/.test(start)) return 'har';
  throw no('is neither a HAR nor messages as JSON Lines', readable);
};

/**
 * Reads another tool's file into a new recording at `to`. What that file does not hold is marked as not recorded (see Imported), what cannot be
 * read is told in `skipped`. Rejects with a Problem SHK_RECORDING, and then leaves no recording behind.
 */
export const importFile = async (path: string, options: ImportOptions & { readonly kind?: ImportKind | undefined }): Promise<Imports> =>
  importers[options.kind ?? (await kindOf(path))](path, options);
