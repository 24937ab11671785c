import { reasonPhrase } from '../../wire/reason-phrase.js';
import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { redirectEffects } from '../redirect-effects.js';

export const fault = defineFault({
  id: 'redirect',
  stage: 'response',
  leg: 'client',
  title: 'The handshake is redirected',
  about:
    'The answer to the handshake is replaced by a redirect. To a login page it is `login-required:how=redirect`, to https:// it is `redirect-https`, to the login of a network `captive-portal`.',
  imitates: 'A route that has moved, a missing or superfluous slash at the end of the path, a site that sends every host to its www name.',
  params: {
    code: { type: 'string', default: '302', choices: ['300', '301', '302', '303', '307', '308'], about: 'The status.' },
    location: { type: 'string', default: '/moved/', about: 'The Location field; none when empty.' },
  },
  example: 'redirect:code=302,location=/moved/',
  expects: ['server.redirect'],
  effects: redirectEffects,
  rows: ['hop.captive', 'url.status'],
  apply: (_, { code, location }) => {
    const status = Number(code);
    return writePage({
      status,
      fields: [
        ['Location', location === '' ? undefined : location],
        ['Content-Type', 'text/plain'],
        ['Content-Length', null],
        ['Connection', 'close'],
      ],
      body: `${reasonPhrase(status)}\n`,
    });
  },
});
