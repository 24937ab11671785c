import { authorityOf } from '../../model/target.js';
import { defineFault } from '../fault.js';
import { apachePage } from '../pages/apache.js';
import { haproxyPage } from '../pages/haproxy.js';
import { nginxPage } from '../pages/nginx.js';
import { escapeHtml, type Page, type Setting, settingOf, writePage } from '../pages/page.js';
import { redirectEffects } from '../redirect-effects.js';

const codes = ['301', '302', '307', '308'] as const;

/** Port 80 has its counterpart at 443; another port is kept, as `$host` with a port of its own would. */
const secureUrl = ({ target }: Setting): string =>
  `https://${target.port === 80 ? authorityOf(target).replace(/:80$/, '') : authorityOf(target)}${target.path || '/'}`;

const brands: Readonly<Record<'nginx' | 'apache' | 'haproxy', (status: number, at: Setting) => Page>> = {
  nginx: (status, at) => nginxPage(status, at, { fields: [['Location', secureUrl(at)]] }),
  apache: (status, at) =>
    apachePage(status, at, {
      text: `<p>The document has moved <a href="${escapeHtml(secureUrl(at))}">here</a>.</p>`,
      fields: [['Location', secureUrl(at)]],
    }),
  haproxy: (status, at) => ({
    ...haproxyPage(status),
    fields: [
      ['content-length', null],
      ['location', secureUrl(at)],
      ['connection', 'close'],
    ],
    body: '',
  }),
};

export const fault = defineFault({
  id: 'redirect-https',
  stage: 'response',
  leg: 'client',
  title: 'Plain ws:// is redirected to TLS',
  about:
    'The answer to a plain handshake is replaced by a redirect to the same URL under https://. Handshakes in TLS are left alone. Browsers follow no redirect of a WebSocket.',
  imitates:
    'A server that sends everything from port 80 to 443 (`return 301 https://$host$request_uri`), met by an app with ws:// in its URL.',
  params: {
    brand: { type: 'string', default: 'nginx', choices: ['nginx', 'apache', 'haproxy'], about: 'Whose words the answer is in.' },
    code: { type: 'string', default: '301', choices: codes, about: 'The status.' },
  },
  example: 'redirect-https',
  expects: ['intermediary.redirect-https'],
  effects: redirectEffects,
  rows: ['hop.captive'],
  apply: (answer, { brand, code }, context) => {
    const { scheme } = context.target;
    if (scheme === 'wss' || scheme === 'https') return undefined;
    return writePage(brands[brand](Number(code), settingOf(answer, context)));
  },
});
