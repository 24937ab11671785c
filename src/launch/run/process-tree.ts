import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** More would cost more than it tells. */
const mostProcesses = 256;
const mostDescriptors = 4096;

const list = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    // It has ended, or belongs to another user.
    return [];
  }
};

export const readProc = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** A process and all that descend from it, by /proc/PID/task/TID/children (proc(5)); at most 256. Linux only. */
export const processTree = (root: number): readonly number[] => {
  const found = [root];
  for (let at = 0; at < found.length && found.length < mostProcesses; at++) {
    for (const task of list(`/proc/${found[at]}/task`)) {
      const children = readProc(`/proc/${found[at]}/task/${task}/children`).trim();
      if (children !== '') found.push(...children.split(' ').map(Number));
    }
  }
  return found.slice(0, mostProcesses);
};

/** Inodes of the sockets that a process holds, among its first 4096 descriptors. */
export const socketInodes = (pid: number): readonly number[] => {
  const inodes: number[] = [];
  for (const descriptor of list(`/proc/${pid}/fd`).slice(0, mostDescriptors)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode !== undefined) inodes.push(Number(inode));
    } catch {
      // Closed meanwhile.
    }
  }
  return inodes;
};
