import { closedAtOnce, stayMs } from '../../diagnosis/trials/origin.js';
import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import { ownOrigin } from '../ask.js';
import type { Experiment, Known, Variant } from './experiment.js';

/** These are said to an Origin that is not on the list; 200 and 404 by a few. */
const refusals = new Set([400, 401, 403, 404]);

const closedByPolicy = (code: number | undefined): boolean => code === 1008 || (code !== undefined && code >= 3000);

const isDue = (known: Known): boolean => {
  const { first } = known;
  return didOpen(first) ? closedByPolicy(first.frames.fromServer.close?.code) || closedAtOnce(known) : refusals.has(statusOf(first));
};

/** Where it opens in any case, whether it stays open is what is asked. */
const holdOf = (first: Known['first']): Pick<Variant, 'hold'> => (didOpen(first) ? { hold: stayMs(first) } : {});

export const noOrigin: Experiment = {
  id: 'no-origin',
  variants: (known) => {
    const { ask, first } = known;
    return ask.origin !== null && isDue(known) ? [{ title: 'without an Origin', ask: { ...ask, origin: null }, ...holdOf(first) }] : [];
  },
};

export const ownOriginToo: Experiment = {
  id: 'own-origin',
  variants: (known) => {
    const { ask, first } = known;
    const origin = ownOrigin(ask);
    return ask.origin !== origin && isDue(known) ? [{ title: `with the Origin ${origin}`, ask: { ...ask, origin }, ...holdOf(first) }] : [];
  },
};
