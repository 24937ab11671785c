import { Worker } from 'node:worker_threads';
import { type Carried, controlOver, workerUrl } from './control-over-worker.js';

/** The heap of a reader: its marks and rows. A young generation of Node's own size lets garbage pile up to several times as much. */
const readerLimits = { maxYoungGenerationSizeMb: 2 };

/** Opens a recording in a worker thread, see `openRecordingControl`. */
export const openRecordingInWorker = (path: string): Promise<Carried> =>
  controlOver(new Worker(workerUrl('recording-worker.js'), { workerData: path, name: 'shakedown reader', resourceLimits: readerLimits }));
