import { fstatSync, fsyncSync, ftruncateSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { isoTime } from '../model/clock.js';
import { encodeEvent } from './codec.js';
import { createLineFile } from './line-file.js';
import type { Slab } from './slab.js';
import { createLineMaker } from './slab-lines.js';

/** What the worker is started with: an open file, and how many bytes its first line took. */
export interface WorkerStart {
  readonly fd: number;
  readonly size: number;
}
export type ToWorker = { readonly type: 'slab'; readonly slab: Slab } | { readonly type: 'flush' } | { readonly type: 'close' };
export type FromWorker =
  | { readonly type: 'ready' }
  /** The slab is in the file, and may be filled again. */
  | { readonly type: 'slab'; readonly buffer: ArrayBuffer }
  | { readonly type: 'flushed' }
  | { readonly type: 'closed' }
  | { readonly type: 'trouble'; readonly code: string; readonly message: string };

/** How often it is checked that the file still has a name, in milliseconds. */
const checkMs = 1000;

const serve = (port: NonNullable<typeof parentPort>, { fd, size }: WorkerStart): void => {
  const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  let gone = false;
  let checkAt = 0;

  const append = createLineFile(size, {
    write: (bytes, { from, length, position }) => writeSync(fd, bytes, from, length, position),
    truncate: (length) => ftruncateSync(fd, length),
    now: () => performance.now(),
    trouble: (code, message) => say({ type: 'trouble', code, message }),
    gapLine: (code) =>
      Buffer.from(
        `${encodeEvent({
          at: isoTime(Date.now()),
          exchange: '',
          type: 'notice',
          level: 'warning',
          text: `Events before this line are missing: the recording could not be written (${code}).`,
        })}\n`,
      ),
  });

  /** A deleted file takes writes without complaint, and loses them. */
  const stillThere = (): boolean => {
    if (gone || performance.now() < checkAt) return !gone;
    checkAt = performance.now() + checkMs;
    gone = fstatSync(fd).nlink === 0;
    if (gone) say({ type: 'trouble', code: 'ENOENT', message: 'the file was deleted' });
    return !gone;
  };

  const makeLines = createLineMaker((bytes) => {
    if (stillThere()) append(bytes);
  });

  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'slab':
        makeLines(message.slab);
        return say({ type: 'slab', buffer: message.slab.buffer }, [message.slab.buffer]);
      case 'flush':
        return say({ type: 'flushed' });
      case 'close':
        try {
          fsyncSync(fd);
        } catch {
          // A file system without fsync; the bytes were handed over.
        }
        say({ type: 'closed' });
        return port.close();
    }
  });
  say({ type: 'ready' });
};

if (parentPort) serve(parentPort, workerData as WorkerStart);
