import { field } from '../../model/head.js';
import { setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'rewrite-host',
  stage: 'request',
  leg: 'server',
  title: 'The server sees another Host',
  about:
    'The Host of the handshake (in HTTP/2 the :authority) gets another value; the name in TLS (SNI) stays, `wrong-sni` changes that one. A server with several sites answers for another one, a development server refuses a name that it does not know, and one that compares Origin with Host refuses the page.',
  imitates:
    'A reverse proxy that puts its upstream name into Host (nginx without `proxy_set_header Host`, `changeOrigin` of http-proxy), a tunnel or a container name in place of the public one.',
  params: {
    host: { type: 'string', default: 'backend', about: 'The Host that the server gets, with its port where it has one.' },
  },
  example: 'rewrite-host:host=backend',
  expects: ['url.wrong-host', 'origin.host-rewritten'],
  effects: [
    ...refusedEffects,
    { client: 'every client, at a server that looks neither at Host nor at Origin', sees: 'Nothing: the WebSocket opens.' },
  ],
  rows: ['url.rewrite-host'],
  apply: (head, { host }) => {
    const name = field(head, ':authority') === undefined ? 'Host' : ':authority';
    return { raw: setField(head.raw, name, host) };
  },
});
