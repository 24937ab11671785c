import { join } from 'node:path';
import { type Clock, isoTime } from '../model/clock.js';

/** `recordings/2026-01-31T09-05-00-4711.jsonl` in the user's data folder; UTC. The process id keeps two started in one second apart. */
export const defaultRecordingPath = (dataFolder: string, clock: Clock, pid: number): string =>
  join(dataFolder, 'recordings', `${isoTime(clock.now()).slice(0, 19).replaceAll(':', '-')}-${pid}.jsonl`);
