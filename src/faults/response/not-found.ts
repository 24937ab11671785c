import { defineFault } from '../fault.js';
import { apacheNotFound } from '../pages/apache.js';
import { djangoPage, expressNotFound, goPage, railsPage, tomcatPage, tornadoPage } from '../pages/frameworks.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  nginx: (at) => nginxPage(404, at),
  apache: apacheNotFound,
  express: expressNotFound,
  django: (at) =>
    djangoPage(404, at, { title: 'Not Found', heading: 'Not Found', text: 'The requested resource was not found on this server.' }),
  rails: (at) =>
    railsPage(404, at, {
      title: "The page you were looking for doesn't exist (404)",
      heading: "The page you were looking for doesn't exist.",
      text: 'You may have mistyped the address or the page may have moved.',
    }),
  spring: (at) =>
    tomcatPage(404, at, {
      heading: 'Not Found',
      message: `No endpoint GET ${at.target.path}.`,
      text: 'The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.',
    }),
  go: (at) => goPage(404, at, '404 page not found\n'),
  tornado: (at) => tornadoPage(404, at, '<html><title>404: Not Found</title><body>404: Not Found</body></html>'),
} satisfies Brands;

export const fault = defineFault({
  id: 'not-found',
  stage: 'response',
  leg: 'client',
  title: 'The server knows nothing at that path',
  about:
    'The answer to the handshake is replaced by the 404 page of a server or framework. `Cannot GET` of Express tells more: it is the ordinary handler that answers, because nobody takes upgrades. Action Cable says 404 to a foreign Origin: see `origin-refused:brand=rails`.',
  imitates: 'A wrong path, a missing or superfluous slash, a base path that a proxy cuts off, a route that only the new version has.',
  params: { brand: brandParam(brands, 'nginx') },
  example: 'not-found:brand=django',
  expects: ['url.not-found', 'server.no-upgrade-handler', 'origin.rejected'],
  effects: refusedEffects,
  rows: ['url.status'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
