// Stands in for the writer's worker: works until the first slab, then dies of a bug.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => {
  throw new Error('a bug');
});
parentPort.postMessage({ type: 'ready' });
