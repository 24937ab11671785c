import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'proxy-auth-late',
  stage: 'response',
  leg: 'client',
  title: 'The handshake itself is answered 407',
  about:
    'The answer to the handshake is replaced by 407 with a challenge, as if it had gone to a proxy. Behind CONNECT only CONNECT itself may be answered so (see `proxy-auth`), and clients take it for an error.',
  imitates: 'A transparent proxy that wants credentials for plain ws://, a server that mistakes itself for a proxy.',
  params: {
    scheme: { type: 'string', default: 'Basic', choices: ['Basic', 'Negotiate', 'NTLM'], about: 'How the proxy wants the credentials.' },
    realm: { type: 'string', default: 'proxy', about: 'The realm of the challenge.' },
  },
  example: 'proxy-auth-late',
  expects: ['intermediary.proxy-auth-required'],
  effects: [
    { client: 'Chromium', sees: 'Console: net::ERR_UNEXPECTED_PROXY_AUTH; close 1006.' },
    ...refusedEffects.filter(({ client }) => client !== 'Chromium'),
  ],
  rows: ['hop.proxy-auth'],
  apply: (_, { scheme, realm }) =>
    writePage({
      status: 407,
      fields: [
        ['Proxy-Authenticate', scheme === 'Basic' ? `Basic realm="${realm.replace(/["\\]/g, '')}"` : scheme],
        ['Content-Type', 'text/html'],
        ['Content-Length', null],
        ['Connection', 'close'],
      ],
      body: '<html><body><h1>Proxy Authentication Required</h1></body></html>\n',
    }),
});
