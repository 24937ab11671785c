import { endOf } from '../../diagnosis/endings.js';
import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import { ownOrigin } from '../ask.js';
import { type Experiment, type Known, lacksAnswer } from './experiment.js';

/** These are said to an Origin that is not on the list; 200 and 404 by a few. */
const refusals = new Set([400, 401, 403, 404]);

const closedByPolicy = (code: number | undefined): boolean => code === 1008 || (code !== undefined && code >= 3000);

/** Who looks at the Origin may just hang up: `socket.destroy()` in an upgrade listener, civetweb's connect handler. */
const hungUp = (known: Known): boolean => lacksAnswer(known) && known.ask.origin !== null && endOf(known.first, 'server')?.by === 'peer';

const isDue = (known: Known): boolean => {
  const { first } = known;
  return didOpen(first) ? closedByPolicy(first.frames.fromServer.close?.code) : refusals.has(statusOf(first)) || hungUp(known);
};

export const noOrigin: Experiment = {
  id: 'no-origin',
  variants: (known) =>
    known.ask.origin !== null && isDue(known) ? [{ title: 'without an Origin', ask: { ...known.ask, origin: null } }] : [],
};

export const ownOriginToo: Experiment = {
  id: 'own-origin',
  variants: (known) => {
    const { ask } = known;
    const origin = ownOrigin(ask);
    return ask.origin !== origin && isDue(known) ? [{ title: `with the Origin ${origin}`, ask: { ...ask, origin } }] : [];
  },
};
