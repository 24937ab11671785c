import { requestLine } from '../../model/head.js';
import { setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'wrong-method',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The server is asked with another method',
  about: 'The handshake is a GET (RFC 6455 section 4.1); this one comes with another method. Most servers answer 405 or 400.',
  imitates:
    'A gateway that turns the CONNECT of HTTP/2 into a POST, a client that was written by hand, a redirect that changed the method.',
  params: {
    method: {
      type: 'string',
      default: 'POST',
      choices: ['POST', 'HEAD', 'PUT', 'OPTIONS', 'CONNECT', 'get'],
      about: 'The method. Methods are case-sensitive: `get` is none that a server knows.',
    },
  },
  example: 'wrong-method:method=POST',
  expects: ['server.method', 'server.bad-request', 'server.empty-reply'],
  effects: [
    ...refusedEffects,
    { client: 'ws as the server', sees: 'Answers 405; Node itself 400 to `get`, and it ends the connection without a word for CONNECT.' },
  ],
  apply: (head, { method }) => {
    const { target, version } = requestLine(head);
    return { raw: setStartLine(head.raw, `${method} ${target} ${version}`) };
  },
});
