import { workerData } from 'node:worker_threads';
import { openRecordingControl } from './recording-control.js';
import { serveControl } from './serve-control.js';

/** A recording is read on a thread of its own, so that neither a screen nor the river waits for it. */
await serveControl(() => openRecordingControl(workerData as string));
