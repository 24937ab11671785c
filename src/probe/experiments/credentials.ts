import { isBulky } from '../../diagnosis/trials/offer.js';
import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import { withoutCredentials } from '../ask.js';
import { type Experiment, lacksAnswer } from './experiment.js';

/** Whether the server looks at the credentials at all, and whether it is them that it refuses. */
export const noCredentials: Experiment = {
  id: 'no-credentials',
  variants: (known) => {
    const { ask, first } = known;
    const headers = withoutCredentials(ask.headers);
    const refused = [302, 303, 307, 400, 401, 403, 413, 431].includes(statusOf(first)) || (lacksAnswer(known) && isBulky(first));
    return headers.length < ask.headers.length && !didOpen(first) && refused
      ? [{ title: 'without the credentials', ask: { ...ask, headers } }]
      : [];
  },
};
