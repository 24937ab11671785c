import { endOf } from '../../diagnosis/endings.js';
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

/**
 * A handshake of a version that nobody speaks (RFC 6455 section 4.4). To whoever minds the Upgrade on the way it is one like any other; the server's
 * library refuses it before the application hears of it.
 */
export const oddVersion: Experiment = {
  id: 'odd-version',
  variants: ({ ask, first, trials }) => {
    const end = endOf(first, 'server');
    const wasReset = !didOpen(first) && statusOf(first) === 0 && end?.by === 'peer' && end.how !== 'fin';
    const plain = trials.some(({ id, exchange }) => id === 'plain-get' && statusOf(exchange) !== 0);
    const headers = [...ask.headers.filter(([name]) => !/^sec-websocket-version$/i.test(name)), ['Sec-WebSocket-Version', '99'] as const];
    return wasReset && plain ? [{ title: 'with a version that nobody speaks', ask: { ...ask, headers } }] : [];
  },
};
