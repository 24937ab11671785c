import { closeSync, constants, existsSync, mkdirSync, openSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, Problem, sentenceOf } from '../model/problem.js';

const otherName = 'Name another file with --record, or keep the recording in memory with --no-record.';

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is something with that name already, and a recording is never written over',
  ELOOP: 'it is a symbolic link',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
};

const problem = (path: string, error: unknown): Problem =>
  new Problem('SHK_RECORDING', `The recording ${path} cannot be created: ${reasons[codeOf(error)] ?? sentenceOf(error)}.`, otherName, {
    cause: error,
  });

const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
};

/** As `mkdir -p`. Node's own `recursive` never comes back in a file system like /proc, which says that the folder above is missing. */
const makeFolders = (path: string): void => {
  try {
    makeFolder(path);
  } catch (error) {
    const above = dirname(path);
    if (codeOf(error) !== 'ENOENT' || above === path || existsSync(above)) throw error;
    makeFolders(above);
    makeFolder(path);
  }
};

/**
 * Makes a new file with its first line, readable by its owner alone (it holds cookies and tokens), and returns its descriptor.
 * Missing folders are made for the owner alone too. What exists is never touched, and no link is followed. Throws a Problem.
 */
export const createRecordingFile = (path: string, firstLine: Uint8Array): number => {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  try {
    makeFolders(dirname(path));
  } catch (error) {
    throw problem(path, codeOf(error) === 'EEXIST' ? Object.assign(new Error('', { cause: error }), { code: 'ENOTDIR' }) : error);
  }
  let fd: number | undefined;
  try {
    fd = openSync(path, flags, 0o600);
    if (writeSync(fd, firstLine, 0, firstLine.length, 0) !== firstLine.length)
      throw Object.assign(new Error('', { cause: 'short write' }), { code: 'ENOSPC' });
    return fd;
  } catch (error) {
    if (fd !== undefined) {
      closeSync(fd);
      unlinkSync(path);
    }
    throw problem(path, error);
  }
};
