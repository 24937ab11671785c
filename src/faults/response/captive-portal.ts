import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'captive-portal',
  stage: 'response',
  leg: 'client',
  title: 'The network sends the handshake to its login page',
  about:
    'The answer to the handshake is replaced by a redirect to the login page of a network, or by 511 (RFC 6585 section 6). On wss:// a real portal cannot do that without a certificate of its own: see `bad-cert`.',
  imitates: 'The wireless network of a hotel, a train or a conference before somebody has logged in.',
  params: {
    code: { type: 'string', default: '302', choices: ['302', '303', '307', '511'], about: 'The status.' },
    location: { type: 'string', default: 'http://captive.portal.example/login', about: 'The login page.' },
  },
  example: 'captive-portal',
  expects: ['intermediary.captive-portal'],
  effects: refusedEffects,
  rows: ['hop.captive'],
  apply: (_, { code, location }) =>
    writePage({
      status: Number(code),
      fields: [
        ['Location', code === '511' ? undefined : location],
        ['Cache-Control', 'no-store'],
        ['Content-Type', 'text/html'],
        ['Content-Length', null],
        ['Connection', 'close'],
      ],
      body: '<html><head><title>Network login</title></head><body><h1>Log in to this network</h1></body></html>\n',
    }),
});
