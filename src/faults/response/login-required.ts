import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const challenges: Readonly<Record<string, (realm: string) => string>> = {
  Bearer: (realm) => `Bearer realm="${realm}", error="invalid_token", error_description="The access token expired"`,
  Basic: (realm) => `Basic realm="${realm}"`,
  Digest: (realm) => `Digest realm="${realm}", qop="auth", algorithm=MD5, nonce="c2hha2Vkb3du"`,
  Negotiate: () => 'Negotiate',
};

export const fault = defineFault({
  id: 'login-required',
  stage: 'response',
  leg: 'client',
  title: 'The server wants to know who asks',
  about:
    'The answer to the handshake is replaced by 401 with a challenge, by 401 without one, or by a redirect to a login page. What credentials the client sent does not matter.',
  imitates:
    'A session or a token that has run out, a cookie that SameSite keeps back, an app that forgot that browsers cannot set Authorization on a WebSocket.',
  params: {
    how: {
      type: 'string',
      default: 'challenge',
      choices: ['challenge', 'bare', 'redirect'],
      about: '`challenge` is 401 with WWW-Authenticate, `bare` 401 as ws says it, `redirect` 302 to `location`.',
    },
    scheme: {
      type: 'string',
      default: 'Bearer',
      choices: ['Bearer', 'Basic', 'Digest', 'Negotiate'],
      about: 'The scheme of the challenge.',
    },
    realm: { type: 'string', default: 'app', about: 'The realm of the challenge.' },
    location: { type: 'string', default: '/login?next=%2F', about: 'The login page for `how=redirect`.' },
  },
  example: 'login-required:how=challenge',
  expects: ['server.auth'],
  effects: [
    { client: 'Chromium', sees: 'Console: HTTP Authentication failed; no valid credentials available; close 1006.' },
    ...refusedEffects.filter(({ client }) => client !== 'Chromium'),
  ],
  rows: ['srv.auth'],
  apply: (_, { how, scheme, realm, location }) => {
    const challenge = challenges[scheme]?.(realm.replace(/["\\]/g, '')) ?? scheme;
    const redirect = how === 'redirect';
    return writePage({
      status: redirect ? 302 : 401,
      fields: [
        ['Connection', 'close'],
        ['Location', redirect ? location : undefined],
        ['WWW-Authenticate', how === 'challenge' ? challenge : undefined],
        ['Content-Type', 'text/html'],
        ['Content-Length', null],
      ],
      body: redirect ? 'Found' : 'Unauthorized',
    });
  },
});
