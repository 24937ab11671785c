import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { EngineInfo } from '../control/control.js';
import { Problem, sentenceOf } from '../model/problem.js';

/** Written when listening, whole or not at all, for its owner alone; it goes when this process ends. `control` and `token` are null without a control API. */
export const writeReadyFile = (path: string, info: EngineInfo): void => {
  const { proxy, control, token, ca, recording, pid } = info;
  const facts = { proxy, control, token, ca, recording, pid };
  const temporary = `${path}.${info.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(facts)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
    process.once('exit', () => removeOwn(path, pid));
  } catch (error) {
    throw new Problem(
      'SHK_USAGE',
      `The ready file ${path} cannot be written: ${sentenceOf(error)}.`,
      'Give --ready-file a path in a folder that you may write to.',
      { cause: error },
    );
  }
};

/** Another run may have written its own in the same place. */
const removeOwn = (path: string, pid: number): void => {
  try {
    if ((JSON.parse(readFileSync(path, 'utf8')) as { readonly pid?: unknown }).pid === pid) rmSync(path);
  } catch {
    // It is gone already, or no longer ours.
  }
};
