import { open, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, sentenceOf } from '../model/problem.js';
import { caProblem, readPrivateFile } from './private-files.js';

const retryMs = 15;
/** Making an authority takes a few milliseconds; twenty processes that start at once are done long before this. */
const patienceMs = 10_000;

const take = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`${process.pid} ${hostname()}`);
    } finally {
      await file.close();
    }
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw caProblem(`The lock ${path} cannot be made: ${sentenceOf(thrown)}.`, 'Make its folder writable for this user.', thrown);
  }
};

/** Whether the holder is known to be gone: it ran on this machine, and its process is no more. */
export const isAbandoned = (holder: string): boolean => {
  const [, pid, host] = /^(\d+) (.+)$/.exec(holder) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (thrown) {
    return codeOf(thrown) === 'ESRCH';
  }
};

/** Does the work while no other process does its own under the same lock file. Throws a Problem SHK_CA when the lock is not let go. */
export const withLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const giveUp = performance.now() + patienceMs;
  while (!(await take(path))) {
    const holder = (await readPrivateFile(path, { secret: false, repairs: [] })) ?? '';
    if (isAbandoned(holder)) await unlink(path).catch(() => undefined);
    else if (performance.now() > giveUp) {
      throw caProblem(
        `Another shakedown (process and machine: ${holder.slice(0, 100) || 'unknown'}) has held the lock ${path} for ten seconds.`,
        `If no shakedown is starting, remove ${path}.`,
      );
    } else await pause(retryMs);
  }
  try {
    return await work();
  } finally {
    await unlink(path).catch(() => undefined);
  }
};
