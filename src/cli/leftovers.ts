import { rmSync } from 'node:fs';
import { exitCodes } from './exit-code.js';

/** Files that must not outlive the process, however it ends: half-written ones, temporary ones. */
export interface Leftovers {
  add(path: string): void;
  forget(path: string): void;
}

/** From now on Ctrl-C and its like remove the files before the process ends, and so does every other end but `kill -9`. */
export const leaveNothing = (): Leftovers => {
  const paths = new Set<string>();
  const end = (code: number) => () => process.exit(code);
  process.once('SIGINT', end(exitCodes.interrupted));
  process.once('SIGTERM', end(exitCodes.terminated));
  process.once('SIGHUP', end(exitCodes.terminated));
  process.once('exit', () => {
    for (const path of paths) rmSync(path, { recursive: true, force: true });
  });
  return { add: (path) => void paths.add(path), forget: (path) => void paths.delete(path) };
};
