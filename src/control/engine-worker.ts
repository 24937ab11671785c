import { workerData } from 'node:worker_threads';
import { startEngine } from './engine.js';
import type { EngineOptions } from './options.js';
import { serveControl } from './serve-control.js';

/** The engine on a thread of its own, so that drawing a screen never delays a byte. */
await serveControl((say) => startEngine(workerData as EngineOptions, { event: (event) => say({ type: 'event', event }), bytes: () => {} }));
