import { didOpen } from '../../diagnosis/trials/trial.js';
import { type Experiment, suspects } from './experiment.js';

/** The same without the proxy that was given: whether it is the proxy. */
export const withoutProxy: Experiment = {
  id: 'direct',
  variants: (known) => {
    const { ask, first, holdMs } = known;
    const due = first.upstream !== null && (!didOpen(first) || suspects(known, 'intermediary.*', 'frame.*', 'server.*'));
    return due ? [{ title: 'without the proxy', ask: { ...ask, way: 'direct' }, ...(didOpen(first) && { hold: holdMs }) }] : [];
  },
};
