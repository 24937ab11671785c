import { closeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Clock, isoTime } from '../model/clock.js';
import type { Event } from '../model/event.js';
import { Problem, sentenceOf } from '../model/problem.js';
import { encodeEvent, encodeFirstLine } from './codec.js';
import { createRecordingFile } from './create-file.js';
import { createLosses, type ResumeOf } from './losses.js';
import type { Recorder } from './recorder.js';
import { createPacker, slabBytes } from './slab.js';
import { workerFile } from './worker-file.js';
import type { FromWorker, ToWorker, WorkerStart } from './writer-worker.js';

/** A slab goes to the worker this long after its first entry: of the 100 ms that a kill may cost, most are left to a busy machine. */
const sendMs = 25;
/** Bytes in slabs that the worker has not given back. Over it payloads are dropped; over four times it, events too. */
const backlogBytes = 64 * slabBytes;
const spareSlabs = 8;

export interface RecordingOptions {
  /** The file to make; it must not exist. */
  readonly path: string;
  readonly clock: Clock;
  /** The version of shakedown, for the first line. */
  readonly shakedown: string;
  /** Called at most once, when writing fails; traffic is not concerned. */
  readonly onTrouble: (problem: Problem) => void;
  /** Gets the events `bytes-lost` that the recorder writes on its own, for whoever else keeps count. */
  readonly onLost?: (event: Event) => void;
  /** Asked when a loss is told, so that readers find the next frame behind it. */
  readonly resumeOf?: ResumeOf;
}

/** Opens a new recording. Rejects with a Problem SHK_RECORDING when the file cannot be made. */
export const openRecording = async (options: RecordingOptions): Promise<Recorder> => {
  const { path, clock, shakedown, onTrouble, onLost, resumeOf = () => undefined } = options;
  const firstLine = Buffer.from(`${encodeFirstLine({ startedAt: isoTime(clock.now()), shakedown })}\n`);
  const fd = createRecordingFile(path, firstLine);
  const start: WorkerStart = { fd, size: firstLine.length };
  const worker = new Worker(workerFile('writer-worker.js'), { workerData: start, execArgv: [], name: 'shakedown recording' });

  const spare: ArrayBuffer[] = [];
  const waiting: (() => void)[] = [];
  let state: 'starting' | 'open' | 'closing' | 'dead' = 'starting';
  let closing: Promise<void> | undefined;
  let backlog = 0;
  let overloaded = false;
  let timer: NodeJS.Timeout | undefined;
  let troubled = false;

  const trouble = (code: string, message: string): void => {
    if (troubled) return;
    troubled = true;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    onTrouble(
      new Problem(
        'SHK_RECORDING',
        `The recording ${path} has stopped: ${full ? 'the disk is full' : message}. The traffic goes on.`,
        full
          ? 'Make room: recording goes on by itself when there is space again.'
          : 'What was written so far can be read; start again to record further.',
      ),
    );
  };
  const tell = (message: ToWorker, transfer: ArrayBuffer[] = []): void => worker.postMessage(message, transfer);

  const packer = createPacker({
    take: (bytes) => (bytes === slabBytes ? spare.pop() : undefined) ?? new ArrayBuffer(bytes + (-bytes & 7)),
    give: (slab) => {
      backlog += slab.buffer.byteLength;
      overloaded ||= backlog >= backlogBytes;
      tell({ type: 'slab', slab }, [slab.buffer]);
    },
    began: () => {
      timer ??= setTimeout(sendNow, sendMs).unref();
    },
  });
  const sendNow = (): void => {
    timer = undefined;
    if (state !== 'dead') packer.send();
  };
  const losses = createLosses({
    resumeOf,
    write: (body, exchange) => {
      const event: Event = { at: isoTime(clock.now()), exchange, ...body };
      packer.line(encodeEvent(event));
      if (event.type === 'bytes-lost') onLost?.(event);
    },
  });

  const relieved = (buffer: ArrayBuffer): void => {
    backlog -= buffer.byteLength;
    if (buffer.byteLength === slabBytes && spare.length < spareSlabs) spare.push(buffer);
    if (!overloaded || backlog >= backlogBytes / 2) return;
    overloaded = false;
    losses.tellAll();
  };

  const die = (): void => {
    if (state === 'dead') return;
    state = 'dead';
    clearTimeout(timer);
    closeSync(fd);
    for (const resolve of waiting.splice(0)) resolve();
  };

  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'ready':
          return resolve();
        case 'slab':
          return relieved(message.buffer);
        case 'trouble':
          return trouble(message.code, message.message);
        case 'flushed':
        case 'closed':
          return waiting.shift()?.();
      }
    });
    worker.on('error', (error) => {
      reject(error);
      if (state === 'open') trouble('', `its writer failed (${sentenceOf(error)})`);
      die();
    });
    worker.on('exit', () => {
      reject(new Error('it ended at once'));
      if (state === 'open') trouble('', 'its writer ended');
      die();
    });
  });
  try {
    await ready;
  } catch (error) {
    throw new Problem(
      'SHK_RECORDING',
      `The writer of the recording could not start: ${sentenceOf(error)}.`,
      'Reinstall shakedown: a file of it may be missing.',
      {
        cause: error,
      },
    );
  }
  state = 'open';
  worker.unref();

  /** The worker holds the process only while someone waits for it. */
  const ask = (type: 'flush' | 'close'): Promise<void> => {
    packer.send();
    worker.ref();
    return new Promise<void>((resolve) => {
      waiting.push(() => {
        if (waiting.length === 0 && state === 'open') worker.unref();
        resolve();
      });
      tell({ type });
    });
  };

  return {
    path,
    event(event) {
      if (state !== 'open') return;
      if (backlog >= 4 * backlogBytes) return losses.event();
      if (event.type === 'closed') losses.tell(event.exchange);
      packer.line(encodeEvent(event));
    },
    bytes(exchange, from, chunk, atMs) {
      if (state !== 'open' || chunk.length === 0) return;
      if (overloaded) return losses.bytes(exchange, from, chunk.length);
      packer.bytes(exchange, from, chunk, atMs);
    },
    async flush() {
      if (state === 'open') await ask('flush');
    },
    close() {
      closing ??= (async () => {
        if (state !== 'open') return;
        losses.tellAll();
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        const closed = ask('close');
        state = 'closing';
        await closed;
        await ended;
      })();
      return closing;
    },
  };
};
