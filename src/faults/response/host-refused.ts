import { field } from '../../model/head.js';
import { defineFault } from '../fault.js';
import { djangoPage } from '../pages/frameworks.js';
import { nginxPage } from '../pages/nginx.js';
import { type Page, type Setting, settingOf, writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

const textPage = (status: number, { date }: Setting, body: string): Page => ({
  status,
  fields: [
    ['Content-Type', 'text/plain'],
    ['Date', date],
    ['Content-Length', null],
    ['Connection', 'close'],
  ],
  body,
});

const brands = {
  vite: (at, host) =>
    textPage(
      403,
      at,
      `Blocked request. This host ("${host}") is not allowed.\nTo allow this host, add "${host}" to \`server.allowedHosts\` in vite.config.js.`,
    ),
  webpack: (at) => ({ ...textPage(403, at, 'Invalid Host header'), fields: textPage(403, at, '').fields.slice(1) }),
  rails: (at, host) =>
    textPage(
      403,
      at,
      `Blocked hosts: ${host}\n\nTo allow requests to these hosts, add the following to your environment configuration:\n\n  config.hosts << "${host}"\n`,
    ),
  // With DEBUG = True; without it Django says no more than Bad Request (400).
  django: (at, host) =>
    djangoPage(400, at, {
      title: 'DisallowedHost at /',
      heading: 'DisallowedHost at /',
      text: `Invalid HTTP_HOST header: &#x27;${host}&#x27;. You may need to add &#x27;${host}&#x27; to ALLOWED_HOSTS.`,
    }),
  misdirected: (at) => nginxPage(421, at),
} satisfies Readonly<Record<string, (at: Setting, host: string) => Page>>;

export const fault = defineFault({
  id: 'host-refused',
  stage: 'response',
  leg: 'client',
  title: 'The server does not answer for that host name',
  about:
    'The answer to the handshake is replaced by that of a server which checks the Host field and does not know the name: the words of development servers and frameworks, or 421 Misdirected Request.',
  imitates:
    'A development server that is opened under another name, a proxy that passes its own name on, a name that is on no list of hosts yet.',
  params: {
    brand: {
      type: 'string',
      default: 'vite',
      choices: Object.keys(brands) as readonly (keyof typeof brands)[],
      about: 'Whose words the refusal is in; `misdirected` is 421 of nginx.',
    },
  },
  example: 'host-refused:brand=vite',
  expects: ['url.wrong-host'],
  effects: refusedEffects,
  rows: ['url.status'],
  apply: (answer, { brand }, context) => {
    const host = (field(context.request, 'Host') ?? field(context.request, ':authority') ?? context.target.host).replace(
      /[^\w.:[\]-]/g,
      '',
    );
    return writePage(brands[brand](settingOf(answer, context), host));
  },
});
