import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A file that an editor saves changes several times in a moment, and may be gone for a part of it. */
const settleMs = 100;
const pollMs = 1000;

/**
 * Calls `look` some moments after a file changed, came or went: by the system's word where it gives one, and by looking each second where
 * it does not (network drives, a folder behind a symbolic link that is swapped). Returns the function that ends it. Keeps no process alive.
 */
export const watchFile = (path: string, look: () => void): (() => void) => {
  let settling: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(look, settleMs).unref();
  };
  // Its folder, because most editors write another file and rename that.
  const watcher = watchFolder(dirname(path), (name) => (name === null || name === basename(path)) && soon());
  let last = stampOf(path);
  const poll = setInterval(() => {
    const now = stampOf(path);
    if (now !== last) soon();
    last = now;
  }, pollMs).unref();
  return () => {
    clearTimeout(settling);
    clearInterval(poll);
    watcher?.close();
  };
};

const watchFolder = (folder: string, changed: (name: string | null) => void): FSWatcher | undefined => {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => changed(name));
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // No more watches to be had, or none on this drive: the poll is left.
    return undefined;
  }
};

const stampOf = (path: string): string => {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return 'gone';
  }
};
