import { renameSync, writeFileSync } from 'node:fs';
import type { EngineInfo } from '../control/control.js';
import { Problem, sentenceOf } from '../model/problem.js';

/** Written when listening, whole or not at all. `control` and `token` are null until there is a control API. */
export const writeReadyFile = (path: string, info: EngineInfo): void => {
  const facts = { proxy: info.proxy, control: null, token: null, ca: info.ca, recording: info.recording, pid: info.pid };
  const temporary = `${path}.${info.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(facts)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    throw new Problem(
      'SHK_USAGE',
      `The ready file ${path} cannot be written: ${sentenceOf(error)}.`,
      'Give --ready-file a path in a folder that you may write to.',
      { cause: error },
    );
  }
};
