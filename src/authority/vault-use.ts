import { randomBytes } from 'node:crypto';
import { readdir, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAbandoned } from './lock.js';
import { readPrivateFile } from './private-files.js';

const useName = /^in-use-\d+-[0-9a-f]{8}$/;

/** Who uses the authority in this folder now, as `4711 machine`. The marks of processes of this machine that are gone are removed. */
export const usersOf = async (dir: string): Promise<readonly string[]> => {
  const users: string[] = [];
  for (const name of (await readdir(dir).catch(() => [])).filter((one) => useName.test(one))) {
    const path = join(dir, name);
    const user = await readPrivateFile(path, { secret: false, repairs: [] }).catch(() => null);
    // An empty one is being written in this moment.
    if (!user) continue;
    if (isAbandoned(user)) await unlink(path).catch(() => undefined);
    else users.push(user);
  }
  return users;
};

/**
 * Leaves a mark that this process uses the authority, so that a rotation can say whom it leaves behind. Returns what takes it away. A folder that
 * cannot be written to has no marks: that is not worth failing for.
 */
export const markUse = async (dir: string): Promise<() => Promise<void>> => {
  const path = join(dir, `in-use-${process.pid}-${randomBytes(4).toString('hex')}`);
  // Marks of processes that were killed would add up.
  await usersOf(dir);
  await writeFile(path, `${process.pid} ${hostname()}`, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  return () => unlink(path).catch(() => undefined);
};
