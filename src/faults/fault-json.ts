import type { Fault } from './fault.js';

/** A fault as `faults --json` and the control API tell it. */
export const faultJson = ({ id, stage, leg, only, title, about, imitates, params, example, expects, effects }: Fault) => ({
  id,
  stage,
  leg,
  ...(only && { only }),
  title,
  about,
  imitates,
  params: Object.entries(params).map(([name, spec]) => ({ name, ...spec })),
  example,
  expects,
  effects,
});
