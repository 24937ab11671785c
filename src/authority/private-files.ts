import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';

/** Files of ours are small; something large under their name is not ours. */
const largest = 65_536;

// Windows has no owner and mode in this sense: what stands in the user's profile is the user's. This is the one place that knows.
const uid: number | null = process.platform === 'win32' ? null : (process.getuid?.() ?? null);
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

export const caProblem = (message: string, advice: string, cause?: unknown): Problem => new Problem('SHK_CA', message, advice, { cause });

/** A sentence for each repair that was made. */
export type Repairs = string[];

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');

const checkOwner = (path: string, owner: number): void => {
  if (uid === null || owner === uid) return;
  throw caProblem(
    `${path} belongs to user ${owner}, and shakedown runs as user ${uid}: whoever owns it could read or replace the authority's key.`,
    `Run shakedown as that user, or move ${path} away so that a new one is made.`,
  );
};

const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw thrown;
  }
};

/**
 * As `mkdir -p`. Node's own `recursive` never comes back where a file system says that a folder is missing which is there, as /proc does
 * for everything that one tries to make in it.
 */
const makeFolders = async (path: string): Promise<void> => {
  try {
    await makeFolder(path);
  } catch (thrown) {
    const above = dirname(path);
    if (codeOf(thrown) !== 'ENOENT' || above === path || existsSync(above)) throw thrown;
    await makeFolders(above);
    await makeFolder(path);
  }
};

/** Makes the folder, or makes sure that it is a folder of this user that nobody else can look into. Throws a Problem SHK_CA. */
export const privateFolder = async (path: string, repairs: Repairs): Promise<void> => {
  try {
    await makeFolders(path);
    const found = await lstat(path);
    if (found.isSymbolicLink())
      throw caProblem(`${path} is a symbolic link.`, 'Remove the link; shakedown keeps its key in a folder of its own.');
    if (uid === null) return;
    checkOwner(path, found.uid);
    if ((found.mode & 0o077) === 0) return;
    await chmod(path, 0o700);
    repairs.push(`${path} was open to other users (mode ${octal(found.mode)}); it is 0700 now.`);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw caProblem(`The folder ${path} cannot be used: ${sentenceOf(thrown)}.`, 'Make it a folder that this user may write to.', thrown);
  }
};

const readOpen = async (file: FileHandle, path: string, rights: { secret: boolean; repairs: Repairs }): Promise<string> => {
  const found = await file.stat();
  if (!found.isFile()) throw caProblem(`${path} is no plain file.`, `Move ${path} away.`);
  checkOwner(path, found.uid);
  // Others may read a certificate, and nobody else may write anything here.
  const forbidden = rights.secret ? 0o077 : 0o022;
  if (uid !== null && (found.mode & forbidden) !== 0) {
    const mode = rights.secret ? 0o600 : 0o644;
    await file.chmod(mode);
    rights.repairs.push(`${path} was open to other users (mode ${octal(found.mode)}); it is ${octal(mode)} now.`);
  }
  if (found.size > largest) throw caProblem(`${path} is ${found.size} bytes long and can be no key or certificate.`, `Move ${path} away.`);
  return file.readFile('utf8');
};

/** The text of a file of ours; null when there is none. Wrong modes are repaired. Throws a Problem SHK_CA. */
export const readPrivateFile = async (path: string, rights: { secret: boolean; repairs: Repairs }): Promise<string | null> => {
  let file: FileHandle | undefined;
  try {
    // O_NONBLOCK: a pipe planted under this name must not hold the start up.
    file = await open(path, constants.O_RDONLY | noFollow | (uid === null ? 0 : constants.O_NONBLOCK));
    return await readOpen(file, path, rights);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    if (codeOf(thrown) === 'ENOENT') return null;
    if (codeOf(thrown) === 'ELOOP')
      throw caProblem(`${path} is a symbolic link.`, 'Remove the link; shakedown follows none where its key is kept.', thrown);
    throw caProblem(`${path} cannot be read: ${sentenceOf(thrown)}.`, `Make ${path} readable for this user, or move it away.`, thrown);
  } finally {
    await file?.close();
  }
};

/** Writes a file whole or not at all: under a name that nobody can have planted, synced, then renamed. Throws a Problem SHK_CA. */
export const writePrivateFile = async (path: string, text: string, mode: 0o600 | 0o644): Promise<void> => {
  const temporary = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
    try {
      await file.writeFile(text);
      // The mode of open() is cut by the umask.
      if (uid !== null) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await unlink(temporary).catch(() => undefined);
    throw caProblem(
      `${path} cannot be written: ${sentenceOf(thrown)}.`,
      'Make room on the disk, and make its folder writable for this user.',
      thrown,
    );
  }
};
