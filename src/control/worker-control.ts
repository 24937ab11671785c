import { Worker } from 'node:worker_threads';
import { type Carried, controlOver, workerUrl } from './control-over-worker.js';
import type { EngineOptions } from './options.js';

/** Starts an engine in a worker thread; Control is carried over its port. Rejects with the engine's own Problem when it cannot start. */
export const startEngineInWorker = (options: EngineOptions): Promise<Carried> =>
  controlOver(new Worker(workerUrl('engine-worker.js'), { workerData: options, name: 'shakedown engine' }));
