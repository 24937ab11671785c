import { Problem } from '../model/problem.js';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system has become read-only',
  EFBIG: 'the system lets the file grow no further (`ulimit -f`)',
  EIO: 'the disk reports an error',
};
const makeRoom = 'Make room: recording goes on by itself when there is space again.';
const advices: Readonly<Record<string, string>> = {
  ENOSPC: makeRoom,
  EDQUOT: makeRoom,
  ENOENT: 'What was written is lost with it; start again to record further.',
  '': 'What was written so far can be read; start again to record further.',
};
const waits = 'It is tried again each second, and what comes in waits in memory as long as there is room.';

/** That a recording is not written just now, or not any more. `code` is one of the system, or '' where the writer itself failed. */
export const stopProblem = (path: string, code: string, message: string): Problem =>
  new Problem(
    'SHK_RECORDING',
    `The recording ${path} has stopped: ${reasons[code] ?? message}. The traffic goes on.`,
    advices[code] ?? waits,
  );

/** That a recording was closed while it could not be written. */
export const endProblem = (path: string, { events, bytes }: { readonly events: number; readonly bytes: number }): Problem =>
  new Problem(
    'SHK_RECORDING',
    `The recording ${path} lacks its end: ${events} events with ${bytes} bytes could not be written.`,
    'What is there can be read.',
  );

/** The same trouble is not told again within this time, in milliseconds: a disk may hover at full. */
const againMs = 60_000;

/** Decides what of the writer's troubles is told: each once, and once that it is over. */
export const createTroubleTelling = (now: () => number) => {
  const toldAt = new Map<string, number>();
  let open = false;
  return {
    begins(code: string): boolean {
      const last = toldAt.get(code);
      if (last !== undefined && now() - last < againMs) return false;
      toldAt.set(code, now());
      open = true;
      return true;
    },
    ends(): boolean {
      const wasOpen = open;
      open = false;
      return wasOpen;
    },
  };
};
