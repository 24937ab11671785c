import { parentPort, workerData } from 'node:worker_threads';
import { carry } from './carried-problem.js';
import { startEngine } from './engine.js';
import type { EngineOptions } from './options.js';
import type { FromEngine, ToEngine } from './worker-messages.js';

/** The engine on a thread of its own, so that drawing a screen never delays a byte. */
const port = parentPort;
if (!port) throw new Error('engine-worker runs as a worker only');
const say = (message: FromEngine): void => port.postMessage(message);

try {
  const { control, info } = await startEngine(workerData as EngineOptions, {
    event: (event) => say({ type: 'event', event }),
    bytes: () => {},
  });
  port.on('message', ({ id, method, args }: ToEngine) => {
    // The method's own types were checked where the call was written: worker-control.ts.
    const call = control[method] as (...given: readonly unknown[]) => Promise<unknown>;
    call(...args).then(
      (value) => {
        say({ type: 'answer', id, value });
        if (method === 'stop') port.close();
      },
      (error: unknown) => say({ type: 'refusal', id, problem: carry(error) }),
    );
  });
  say({ type: 'started', info });
} catch (error) {
  say({ type: 'failed', problem: carry(error) });
  port.close();
}
