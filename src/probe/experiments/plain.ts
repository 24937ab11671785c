import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import { type Experiment, lacksAnswer } from './experiment.js';

/** The same path without a handshake: whether a refusal, or an answer, has anything to do with WebSockets. */
export const plainGet: Experiment = {
  id: 'plain-get',
  variants: (known) => {
    const { ask, first } = known;
    return !didOpen(first) && (statusOf(first) !== 0 || lacksAnswer(known))
      ? [{ title: 'as a plain GET', ask: { ...ask, upgrade: false } }]
      : [];
  },
};
