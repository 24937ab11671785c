import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'overloaded',
  stage: 'response',
  leg: 'client',
  title: 'The application is too busy: 503 with Retry-After',
  about:
    'The answer to the handshake is replaced by 503 of the application itself, which says when to come back. A gateway without a server behind it says 503 in another way: see `unavailable`.',
  imitates: 'An application at its limit of connections, one that is being stopped and takes no new ones, a brown-out of a dependency.',
  params: { seconds: { type: 'number', default: 5, min: 0, max: 86_400, whole: true, about: 'The Retry-After field; 0 is none.' } },
  example: 'overloaded:seconds=5',
  expects: ['server.overloaded'],
  effects: refusedEffects,
  rows: ['srv.503'],
  apply: (_, { seconds }) =>
    writePage({
      status: 503,
      fields: [
        ['Retry-After', seconds === 0 ? undefined : String(seconds)],
        ['Content-Type', 'application/json'],
        ['Content-Length', null],
        ['Connection', 'close'],
      ],
      body: '{"error":"too many connections"}\n',
    }),
});
