import { didOpen, statusOf } from '../../diagnosis/trials/trial.js';
import type { Experiment } from './experiment.js';

/** The same path without a handshake: whether a refusal, or an answer, has anything to do with WebSockets. */
export const plainGet: Experiment = {
  id: 'plain-get',
  variants: ({ ask, first }) =>
    !didOpen(first) && statusOf(first) !== 0 ? [{ title: 'as a plain GET', ask: { ...ask, upgrade: false } }] : [],
};
