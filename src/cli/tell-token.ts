import type { EngineInfo } from '../control/control.js';

/** The token of the control API is told to a person at a terminal only: elsewhere stderr is a log, and the ready file has it. */
export const tellToken = ({ control, token }: Pick<EngineInfo, 'control' | 'token'>): void => {
  if (control === null || token === null || !process.stderr.isTTY) return;
  process.stderr.write(`shakedown: the control API is ${control}/v1; its token, for this run only, is ${token}\n`);
};
