import { defineFault } from '../fault.js';
import { latin1Of, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'page-200',
  stage: 'response',
  leg: 'client',
  title: 'A page comes in place of the WebSocket: 200',
  about:
    'The answer to the handshake is replaced by 200 with a page, as if there were no Upgrade in the request: RFC 9110 section 7.8 lets a server ignore the field.',
  imitates:
    'The fallback of a single-page app that answers every path with its index.html, an http server without an upgrade listener, a development server in front of the API.',
  params: {
    type: { type: 'string', default: 'html', choices: ['html', 'json'], about: 'An app with its root element, or the answer of an API.' },
    title: { type: 'string', default: 'App', about: 'The title of the page.' },
  },
  example: 'page-200',
  expects: ['server.status-200', 'url.wrong-endpoint', 'server.no-upgrade-handler'],
  effects: refusedEffects,
  rows: ['srv.200'],
  apply: (_, { type, title }) => {
    const html = `<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="UTF-8" />\n    <title>${title.replace(/[<&]/g, '')}</title>\n    <script type="module" crossorigin src="/assets/index.js"></script>\n  </head>\n  <body>\n    <div id="root"></div>\n  </body>\n</html>\n`;
    return writePage({
      status: 200,
      fields: [
        ['Content-Type', type === 'html' ? 'text/html; charset=utf-8' : 'application/json'],
        ['Cache-Control', 'no-cache'],
        ['Content-Length', null],
        ['Connection', 'close'],
      ],
      body: latin1Of(type === 'html' ? html : `${JSON.stringify({ status: 'ok', name: title })}\n`),
    });
  },
});
