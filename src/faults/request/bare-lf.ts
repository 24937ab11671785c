import { withBareLineFeeds } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'bare-lf',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The lines of the request end with LF alone',
  about:
    'Takes the CR out of every line end of the request head. RFC 9112 section 2.2 allows a server to read that, and strict parsers refuse it with 400. `bad-answer-head:kind=bare-lf` does the same to the answer.',
  imitates: 'A client or a script that was written by hand, a middlebox that writes heads with the line end of its system.',
  params: {},
  example: 'bare-lf',
  expects: ['server.bad-request'],
  effects: [...refusedEffects, { client: 'Node as the server', sees: 'Answers 400 without a body.' }],
  apply: ({ raw }) => ({ raw: withBareLineFeeds(raw) }),
});
