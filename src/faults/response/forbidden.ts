import { defineFault } from '../fault.js';
import { apacheForbidden } from '../pages/apache.js';
import { djangoPage, expressPage, goPage, websocketsPage } from '../pages/frameworks.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  nginx: (at) => nginxPage(403, at),
  apache: apacheForbidden,
  express: (at) => expressPage(403, at, 'Forbidden'),
  django: (at) => djangoPage(403, at, { title: '403 Forbidden', heading: '403 Forbidden', text: '' }),
  uvicorn: (at) => websocketsPage(403, at, { body: '' }),
  go: (at) => goPage(403, at, 'Forbidden\n'),
} satisfies Brands;

export const fault = defineFault({
  id: 'forbidden',
  stage: 'response',
  leg: 'client',
  title: 'The server forbids the handshake, whatever its Origin',
  about:
    'The answer to the handshake is replaced by 403. An application that refuses an Origin mostly says the same, so diagnosis names both where the words do not decide; see `origin-refused` for a refusal that depends on the Origin.',
  imitates:
    'Missing rights, a failed CSRF check, `deny all` for the address, an ASGI application that closes before it accepts (uvicorn says 403 then).',
  params: { brand: brandParam(brands, 'nginx') },
  example: 'forbidden:brand=nginx',
  expects: ['server.forbidden', 'origin.rejected', 'origin.missing'],
  effects: refusedEffects,
  rows: ['srv.auth', 'url.status'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
