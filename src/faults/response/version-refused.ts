import { defineFault } from '../fault.js';
import { writePage } from '../pages/page.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'version-refused',
  stage: 'response',
  leg: 'client',
  title: 'The server wants another version of the WebSocket protocol',
  about:
    'The answer to the handshake is replaced by a refusal that lists the versions which the server speaks (RFC 6455 section 4.4), among which 13 is not. No client of today speaks another.',
  imitates: 'A server of the years of the drafts (8 is hybi-10), an appliance that was never updated.',
  params: {
    code: { type: 'string', default: '426', choices: ['400', '426'], about: 'The status.' },
    versions: { type: 'string', default: '8', about: 'The versions of the Sec-WebSocket-Version field, separated by commas.' },
  },
  example: 'version-refused:code=426',
  expects: ['server.version-unsupported'],
  effects: refusedEffects,
  rows: ['srv.version'],
  apply: (_, { code, versions }) =>
    writePage({
      status: Number(code),
      fields: [
        ['Upgrade', code === '426' ? 'websocket' : undefined],
        ['Connection', 'close'],
        ['Content-Type', 'text/plain'],
        ['Content-Length', null],
        ['Sec-WebSocket-Version', versions],
      ],
      body: 'Unsupported WebSocket version\n',
    }),
});
