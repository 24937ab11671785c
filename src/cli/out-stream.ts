import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';
import type { Leftovers } from './leftovers.js';

/** A file that comes to be whole or not at all. */
export interface OutStream {
  write(part: string | Uint8Array): Promise<void>;
  /** Gives it its name. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

const exists = 'there is a file with that name already';

const unusable = (path: string, why: string, advice: string): Problem =>
  new Problem('SHK_USAGE', `${path} cannot be written: ${why}.`, advice);

const failure = (path: string, error: unknown): Problem =>
  new Problem(
    'SHK_STORE',
    `${path} cannot be written: ${reasons[codeOf(error)] ?? sentenceOf(error)}.`,
    'Give --out another place; nothing was left behind.',
    {
      cause: error,
    },
  );

/** Says no before any work is done. A device, a folder and a link are never written to, with `force` neither. */
const checkPlace = async (path: string, force: boolean): Promise<void> => {
  const there = await lstat(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw failure(path, error);
  });
  if (there === null) return;
  if (there.isDirectory()) throw unusable(path, 'it is a folder', 'Name a file in it.');
  if (!there.isFile()) throw unusable(path, 'there is something with that name that is no plain file', 'Give --out another name.');
  if (!force) throw unusable(path, exists, 'Give --out another name, or --force to write over it.');
};

/** `link` fails where the name was taken meanwhile; a file system without links has only the look just before. */
const nameIt = async (temporary: string, path: string, force: boolean): Promise<void> => {
  if (force) return rename(temporary, path);
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw unusable(path, exists, 'Give --out another name, or --force to write over it.');
    await checkPlace(path, false);
    return rename(temporary, path);
  }
  await unlink(temporary);
};

/**
 * Opens a file for what is exported, readable by its owner alone: it is written beside its place and gets its name at the end, so that a
 * failure leaves what was there. Throws a Problem.
 */
export const openOutStream = async (
  path: string,
  { force, leftovers }: { readonly force: boolean; readonly leftovers: Leftovers },
): Promise<OutStream> => {
  await checkPlace(path, force);
  const temporary = join(dirname(path), `.shakedown-${randomBytes(8).toString('hex')}.tmp`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const file = await open(temporary, flags, 0o600).catch((error) => {
    throw failure(path, error);
  });
  leftovers.add(temporary);
  const abandon = async (): Promise<void> => {
    await file.close().catch(() => {});
    await unlink(temporary).catch(() => {});
    leftovers.forget(temporary);
  };
  return {
    write: (part) =>
      file.writeFile(part).catch((error) => {
        throw failure(path, error);
      }),
    finish: async () => {
      try {
        await file.close();
        await nameIt(temporary, path, force);
        leftovers.forget(temporary);
      } catch (error) {
        throw error instanceof Problem ? error : failure(path, error);
      }
    },
    abandon,
  };
};
