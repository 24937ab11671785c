import { fstatSync, fsyncSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createLineFile } from './line-file.js';
import type { LeftOut } from './size-limit.js';
import type { Slab } from './slab.js';
import { createSlabFile, type Ended, type Ending, retryMs } from './slab-file.js';

/** What the worker is started with: an open file, and how many bytes its first line took. */
export interface WorkerStart {
  readonly fd: number;
  readonly size: number;
  /** The most bytes of the file, or null. */
  readonly limit: number | null;
  /** What is to be added to milliseconds of `process.hrtime`, which all threads share, for the time of the recording. */
  readonly epochMs: number;
}
export type ToWorker =
  | { readonly type: 'slab'; readonly slab: Slab }
  | { readonly type: 'flush' }
  | { readonly type: 'close'; readonly ending: Ending };
export type FromWorker =
  | { readonly type: 'ready' }
  /** The slab is done with, and may be filled again. */
  | { readonly type: 'slab'; readonly buffer: ArrayBuffer }
  | { readonly type: 'flushed' }
  | { readonly type: 'closed'; readonly ended: Ended }
  /** Nothing can be written now; it is tried again. `ENOENT`: the file was deleted, and nothing ever will be. */
  | { readonly type: 'trouble'; readonly code: string; readonly message: string }
  | { readonly type: 'resumed' }
  | { readonly type: 'limited'; readonly what: 'payloads' | 'everything' }
  | { readonly type: 'left-out'; readonly list: readonly LeftOut[] };

/** How often it is checked that the file still has a name, in milliseconds. */
const checkMs = 1000;

/** Milliseconds of a clock that all threads share. */
export const sharedMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const serve = (port: NonNullable<typeof parentPort>, { fd, size, limit, epochMs }: WorkerStart): void => {
  const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  let timer: NodeJS.Timeout | undefined;
  let gone = false;
  let checkAt = 0;

  const file = createLineFile(size, {
    write: (bytes, { from, length, position }) => writeSync(fd, bytes, from, length, position),
    truncate: (length) => ftruncateSync(fd, length),
    read: (end, length) => {
      const tail = new Uint8Array(length);
      return tail.subarray(0, readSync(fd, tail, 0, length, end - length));
    },
  });
  const tryAgain = (): void => {
    timer = setTimeout(() => {
      if (!slabs.retry()) tryAgain();
    }, retryMs);
  };
  const slabs = createSlabFile(
    {
      file,
      now: () => epochMs + sharedMs(),
      give: (buffer) => say({ type: 'slab', buffer }, [buffer]),
      stalled: (code, message) => {
        say({ type: 'trouble', code, message });
        tryAgain();
      },
      resumed: () => {
        clearTimeout(timer);
        say({ type: 'resumed' });
      },
      limited: (what) => say({ type: 'limited', what }),
      leftOut: (list) => say({ type: 'left-out', list }),
    },
    limit,
  );

  /** A deleted file takes writes without complaint, and loses them. */
  const look = (): void => {
    if (gone || performance.now() < checkAt) return;
    checkAt = performance.now() + checkMs;
    gone = fstatSync(fd).nlink === 0;
    if (!gone) return;
    say({ type: 'trouble', code: 'ENOENT', message: 'the file was deleted' });
    slabs.abandon();
  };

  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'slab':
        look();
        return slabs.push(message.slab);
      case 'flush':
        slabs.retry();
        return say({ type: 'flushed' });
      case 'close': {
        const ended = slabs.end(message.ending);
        clearTimeout(timer);
        try {
          fsyncSync(fd);
        } catch {
          // A file system without fsync; the bytes were handed over.
        }
        say({ type: 'closed', ended });
        return port.close();
      }
    }
  });
  say({ type: 'ready' });
};

if (parentPort) serve(parentPort, workerData as WorkerStart);
