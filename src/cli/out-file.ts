import { randomBytes } from 'node:crypto';
import { lstat, rename, unlink, writeFile } from 'node:fs/promises';
import { Problem, sentenceOf } from '../model/problem.js';

/** Writes the file that a user named, whole or not at all; a secret one for its owner alone. Throws a Problem SHK_USAGE. */
export const writeOutFile = async (path: string, bytes: Uint8Array, { secret }: { readonly secret: boolean }): Promise<void> => {
  const fail = (why: string, cause?: unknown): Problem =>
    new Problem('SHK_USAGE', `${path} cannot be written: ${why}.`, 'Give --out a file in a folder that you may write to.', { cause });
  const there = await lstat(path).catch(() => null);
  // A rename would put a file in the place of a device or of a link.
  if (there && !there.isFile()) throw fail('there is something with that name that is no plain file');
  const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, bytes, { mode: secret ? 0o600 : 0o644, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw fail(sentenceOf(error), error);
  }
};
