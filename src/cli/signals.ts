import { exitCodes } from './exit-code.js';

/** Resolves with the exit code of the first signal that asks for an end; a second one ends the process at once. */
export const untilSignal = (): Promise<number> =>
  new Promise((resolve) => {
    let asked = false;
    const end = (code: number) => () => {
      if (asked) process.exit(code);
      asked = true;
      resolve(code);
    };
    process.on('SIGINT', end(exitCodes.interrupted));
    process.on('SIGTERM', end(exitCodes.terminated));
    process.on('SIGHUP', end(exitCodes.terminated));
  });
