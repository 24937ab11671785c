import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import { withoutCredentials } from '../ask.js';
import type { Experiment } from './experiment.js';

/** Whether the server looks at the credentials at all, and whether it is them that it refuses. */
export const noCredentials: Experiment = {
  id: 'no-credentials',
  variants: ({ ask, first }) => {
    const headers = withoutCredentials(ask.headers);
    const due = !didOpen(first) && [302, 303, 307, 400, 401, 403, 413, 431].includes(statusOf(first));
    return headers.length < ask.headers.length && due ? [{ title: 'without the credentials', ask: { ...ask, headers } }] : [];
  },
};
