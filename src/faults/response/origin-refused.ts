import { field } from '../../model/head.js';
import { globMatches } from '../../wire/glob.js';
import { defineFault } from '../fault.js';
import { goPage, railsCablePage, springCorsPage, tornadoPage, websocketsPage, wsPage } from '../pages/frameworks.js';
import { type Page, type Setting, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

/** How each server says no to an Origin; the first five were measured, ws with verifyClient. */
const brands = {
  tornado: (at) => tornadoPage(403, at, 'Cross origin websockets not allowed'),
  coder: (at, { origin, host }) =>
    goPage(403, at, `request Origin "${origin.replace(/^[a-z]+:\/\//i, '')}" is not authorized for Host "${host}"\n`),
  gorilla: (at) => {
    const page = goPage(403, at, 'Forbidden\n');
    return { ...page, fields: [['Sec-Websocket-Version', '13'], ...page.fields] };
  },
  websockets: (at, { origin }) =>
    websocketsPage(403, at, { body: `Failed to open a WebSocket connection: invalid Origin header: ${origin}.\n` }),
  ws: () => wsPage(401, 'Unauthorized'),
  spring: springCorsPage,
  rails: railsCablePage,
} satisfies Readonly<Record<string, (at: Setting, asked: { readonly origin: string; readonly host: string }) => Page>>;

const isAllowed = (origin: string, list: string): boolean =>
  list.split(/\s+/).some((pattern) => pattern !== '' && globMatches(pattern.toLowerCase(), origin.toLowerCase()));

export const fault = defineFault({
  id: 'origin-refused',
  stage: 'response',
  leg: 'client',
  title: 'A list of allowed Origins refuses the page',
  about:
    'Handshakes whose Origin is not on the list `allow` get the refusal of the server that you name, whatever the real one said; all others are left alone. With it an app can be tried against the list that production will have. `wrong-origin` is the other way round: the real server decides about another Origin.',
  imitates:
    'A server whose list lacks staging, a preview deployment or http in place of https: what people call a CORS error of a WebSocket, though no browser applies CORS to one.',
  params: {
    allow: {
      type: 'string',
      default: '',
      about: 'The Origins that may pass, separated by spaces; `*` stands for any characters. Empty refuses all.',
    },
    missing: { type: 'string', default: 'allow', choices: ['allow', 'refuse'], about: 'What becomes of a handshake without an Origin.' },
    brand: {
      type: 'string',
      default: 'tornado',
      choices: Object.keys(brands) as readonly (keyof typeof brands)[],
      about: 'Whose words the refusal is in.',
    },
  },
  example: 'origin-refused:allow=https://*.prod.example',
  expects: ['origin.rejected', 'origin.missing', 'origin.null'],
  effects: refusedEffects,
  rows: ['origin.reject'],
  apply: (answer, { allow, missing, brand }, context) => {
    const { request } = context;
    const origin = field(request, 'Origin');
    if (origin === undefined ? missing === 'allow' : isAllowed(origin, allow)) return undefined;
    const host = field(request, 'Host') ?? field(request, ':authority') ?? context.target.host;
    return writePage(brands[brand](settingOf(answer, context), { origin: origin ?? '', host }));
  },
});
