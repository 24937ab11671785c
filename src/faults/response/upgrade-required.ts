import { defineFault } from '../fault.js';
import { goPage, tornadoPage, websocketsPage } from '../pages/frameworks.js';
import { nginxPage } from '../pages/nginx.js';
import { type Brands, brandParam, type Page, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

/** How WebSocket servers answer a request that has lost its Upgrade field; all but coder (Go) measured. */
const brands = {
  ws: ({ date }): Page => ({
    status: 426,
    fields: [
      ['Content-Length', null],
      ['Content-Type', 'text/plain'],
      ['Date', date],
      ['Connection', 'close'],
    ],
    body: 'Upgrade Required',
  }),
  websockets: (at) =>
    websocketsPage(426, at, {
      fields: [['Upgrade', 'websocket']],
      body: 'Failed to open a WebSocket connection: empty Connection header.\n\nYou cannot access a WebSocket server directly with a browser. You need a WebSocket client.\n',
    }),
  // nginx hands the answer of its backend on, Upgrade field and all.
  nginx: (at) => ({
    ...nginxPage(426, at, { fields: [['Upgrade', 'websocket']] }),
    body: 'Upgrade Required',
  }),
  tornado: (at) => tornadoPage(400, at, 'Can "Upgrade" only to "WebSocket".'),
  coder: (at) => {
    const page = goPage(426, at, 'WebSocket protocol violation: Upgrade header "" does not contain websocket\n');
    return { ...page, fields: [['Upgrade', 'websocket'], ...page.fields] };
  },
} satisfies Brands;

export const fault = defineFault({
  id: 'upgrade-required',
  stage: 'response',
  leg: 'client',
  title: 'The server saw no upgrade, and asks for one',
  about:
    'The answer to the handshake is replaced by what a WebSocket server says to a request without Upgrade: mostly 426. The request itself is whole, so diagnosis looks for a hop behind shakedown; `drop-upgrade` takes the field away for real.',
  imitates: 'A proxy behind this one that takes Upgrade away, as nginx does by default and Squid always.',
  params: { brand: brandParam(brands, 'ws') },
  example: 'upgrade-required:brand=ws',
  expects: ['server.upgrade-required', 'intermediary.upgrade-stripped', 'intermediary.connection-header-lost'],
  effects: refusedEffects,
  rows: ['url.status'],
  apply: (answer, { brand }, context) => writePage(brands[brand](settingOf(answer, context))),
});
