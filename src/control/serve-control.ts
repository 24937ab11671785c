import { parentPort } from 'node:worker_threads';
import { carry } from './carried-problem.js';
import type { Control, EngineInfo } from './control.js';
import type { FromEngine, ToEngine } from './worker-messages.js';

/** Answers for a Control over this worker's port. `start` gets a way to tell events. */
export const serveControl = async (
  start: (say: (message: FromEngine) => void) => Promise<{ readonly control: Control; readonly info: EngineInfo }>,
): Promise<void> => {
  const port = parentPort;
  if (!port) throw new Error('this file runs as a worker only');
  const say = (message: FromEngine): void => port.postMessage(message);
  try {
    const { control, info } = await start(say);
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
};
