import { defineFault } from '../fault.js';
import { djangoPage, expressPage, goPage, railsPage, tornadoPage } from '../pages/frameworks.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, type Page, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const brands = {
  express: (at) => expressPage(500, at, 'Internal Server Error'),
  django: (at) => djangoPage(500, at, { title: 'Server Error (500)', heading: 'Server Error (500)', text: '' }),
  rails: (at) =>
    railsPage(500, at, {
      title: "We're sorry, but something went wrong (500)",
      heading: "We're sorry, but something went wrong.",
      text: 'If you are the application owner check the logs for more information.',
    }),
  go: (at) => goPage(500, at, 'websocket: response does not implement http.Hijacker\n'),
  tornado: (at) => tornadoPage(500, at, '<html><title>500: Internal Server Error</title><body>500: Internal Server Error</body></html>'),
  // What an ASGI application without a handler for the scope "websocket" makes of it; measured with 0.17.6.
  uvicorn: ({ date }): Page => ({
    status: 500,
    fields: [
      ['date', date],
      ['server', 'uvicorn'],
      ['content-type', 'text/plain; charset=utf-8'],
      ['connection', 'close'],
      ['content-length', null],
    ],
    body: 'Internal Server Error',
  }),
  nginx: (at) => nginxPage(500, at),
} satisfies Brands;

export const fault = defineFault({
  id: 'internal-error',
  stage: 'response',
  leg: 'client',
  title: 'The server fails while it handles the handshake: 500',
  about: 'The answer to the handshake is replaced by the 500 page of a framework.',
  imitates:
    'An exception in the upgrade handler, middleware that cannot be upgraded (a wrapped ResponseWriter in Go, a WSGI server in Python), a database that is away.',
  params: { brand: brandParam(brands, 'express') },
  example: 'internal-error:brand=express',
  expects: ['server.internal-error', 'intermediary.bad-gateway'],
  effects: refusedEffects,
  rows: ['srv.503', 'url.status'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
