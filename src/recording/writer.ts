import { closeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Clock, isoTime } from '../model/clock.js';
import type { Event } from '../model/event.js';
import { Problem, sentenceOf } from '../model/problem.js';
import { encodeEvent, encodeFirstLine } from './codec.js';
import { createRecordingFile } from './create-file.js';
import { createLosses, type ResumeOf } from './losses.js';
import { nothingMissing, plus } from './missing.js';
import type { Recorder } from './recorder.js';
import type { LeftOut } from './size-limit.js';
import { createPacker, slabBytes } from './slab.js';
import { workerFile } from './worker-file.js';
import { type FromWorker, sharedMs, type ToWorker, type WorkerStart } from './writer-worker.js';
import { createTroubleTelling, endProblem, stopProblem } from './writing-trouble.js';

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
  /** Called when writing fails, once a minute at most for each cause; traffic is not concerned. */
  readonly onTrouble: (problem: Problem) => void;
  /** A sentence for the user: writing works again, or the recording is as large as it may be. */
  readonly onNotice?: (level: 'info' | 'warning', text: string) => void;
  /** The file never grows over so many bytes; null is without end. */
  readonly maxBytes?: number | null;
  /** Gets the events `bytes-lost` that the recorder writes on its own, for whoever else keeps count. */
  readonly onLost?: (event: Event) => void;
  /** Gets the last line of the file, once it is there. */
  readonly onStopped?: (event: Event) => void;
  /** Asked when a loss is told, so that readers find the next frame behind it. */
  readonly resumeOf?: ResumeOf;
}

const limitText = (what: 'payloads' | 'everything', { path, maxBytes }: { readonly path: string; readonly maxBytes: number }): string =>
  what === 'payloads'
    ? `The recording ${path} is near the ${maxBytes} bytes of --max-recording: payloads are left out from here on. The traffic goes on.`
    : `The recording ${path} has reached the ${maxBytes} bytes of --max-recording: nothing more is recorded. The traffic goes on.`;

/** Opens a new recording. Rejects with a Problem SHK_RECORDING when the file cannot be made. */
export const openRecording = async (options: RecordingOptions): Promise<Recorder> => {
  const {
    path,
    clock,
    shakedown,
    onTrouble,
    onNotice = () => {},
    onLost = () => {},
    onStopped = () => {},
    resumeOf = () => undefined,
    maxBytes = null,
  } = options;
  const firstLine = Buffer.from(`${encodeFirstLine({ startedAt: isoTime(clock.now()), shakedown, lastLine: 'stopped' })}\n`);
  const fd = createRecordingFile(path, firstLine);
  const start: WorkerStart = { fd, size: firstLine.length, limit: maxBytes, epochMs: clock.now() - sharedMs() };
  const worker = new Worker(workerFile('writer-worker.js'), { workerData: start, execArgv: [], name: 'shakedown recording' });

  const spare: ArrayBuffer[] = [];
  const waiting: (() => void)[] = [];
  let state: 'starting' | 'open' | 'closing' | 'dead' = 'starting';
  let closing: Promise<void> | undefined;
  let backlog = 0;
  let overloaded = false;
  let timer: NodeJS.Timeout | undefined;
  let exchanges = 0;
  let lost = nothingMissing;
  const telling = createTroubleTelling(() => clock.now());

  const trouble = (code: string, message: string): void => {
    if (telling.begins(code)) onTrouble(stopProblem(path, code, message));
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
  const count = (event: Event): void => {
    if (event.type === 'opened') exchanges++;
    if (event.type === 'bytes-lost') lost = plus(lost, { events: 0, bytes: event.bytes });
  };
  const losses = createLosses({
    resumeOf,
    write: (body, exchange) => {
      const event: Event = { at: isoTime(clock.now()), exchange, ...body };
      packer.line(encodeEvent(event));
      count(event);
      if (event.type === 'bytes-lost') onLost(event);
    },
  });

  const relieved = (buffer: ArrayBuffer): void => {
    backlog -= buffer.byteLength;
    if (buffer.byteLength === slabBytes && spare.length < spareSlabs) spare.push(buffer);
    if (!overloaded || backlog >= backlogBytes / 2) return;
    overloaded = false;
    losses.tellAll();
  };

  /** They are in the file already, by the worker's hand. */
  const leftOut = (list: readonly LeftOut[]): void => {
    const at = isoTime(clock.now());
    for (const out of list) onLost({ at, type: 'bytes-lost', why: 'max-recording', ...out });
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
        case 'resumed':
          return telling.ends() ? onNotice('info', `The recording ${path} goes on: it can be written again.`) : undefined;
        case 'limited':
          return onNotice('warning', limitText(message.what, { path, maxBytes: maxBytes ?? 0 }));
        case 'left-out':
          return leftOut(message.list);
        case 'closed':
          if (message.ended.missing.events > 0) onTrouble(endProblem(path, message.ended.missing));
          if (message.ended.stopped) onStopped(message.ended.stopped);
          return waiting.shift()?.();
        case 'flushed':
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
  const ask = (message: ToWorker): Promise<void> => {
    packer.send();
    worker.ref();
    return new Promise<void>((resolve) => {
      waiting.push(() => {
        if (waiting.length === 0 && state === 'open') worker.unref();
        resolve();
      });
      tell(message);
    });
  };

  return {
    path,
    event(event) {
      if (state !== 'open') return;
      if (backlog >= 4 * backlogBytes) {
        if (event.type === 'bytes-lost') return losses.bytes(event.exchange, event.from, event.bytes);
        lost = plus(lost, { events: 1, bytes: event.type === 'closed' ? losses.forget(event.exchange) : 0 });
        return losses.event();
      }
      if (event.type === 'closed' || event.type === 'bytes-lost') losses.tell(event.exchange);
      packer.line(encodeEvent(event));
      count(event);
    },
    bytes(exchange, from, chunk, atMs) {
      if (state !== 'open' || chunk.length === 0) return;
      if (overloaded) return losses.bytes(exchange, from, chunk.length);
      packer.bytes(exchange, from, chunk, atMs);
    },
    async flush() {
      if (state === 'open') await ask({ type: 'flush' });
    },
    close() {
      closing ??= (async () => {
        if (state !== 'open') return;
        losses.tellAll();
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        const closed = ask({ type: 'close', ending: { exchanges, lost } });
        state = 'closing';
        await closed;
        await ended;
      })();
      return closing;
    },
  };
};
