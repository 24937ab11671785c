import { requestLine } from '../../model/head.js';
import { removeField, setField, setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'nginx-hop',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'An nginx without WebSocket lines stands in front of the server',
  about:
    'Makes of the handshake what nginx makes of it by default (measured with 1.22): HTTP/1.0 in the request line, Connection: close, no Upgrade, and the name of the upstream in Host. The Sec-WebSocket fields cross. The server sees a plain request and answers 426, 400, 404 or a page.',
  imitates:
    'A `proxy_pass` without `proxy_http_version 1.1`, `proxy_set_header Upgrade`, `proxy_set_header Connection` and `proxy_set_header Host`.',
  params: {
    host: {
      type: 'string',
      default: 'backend',
      about: 'The Host that the server gets: what stands behind proxy_pass. The Host stays when empty.',
    },
    version: {
      type: 'string',
      default: '1.0',
      choices: ['1.0', '1.1'],
      about: 'The HTTP version: 1.1 is an nginx with `proxy_http_version 1.1` and nothing else.',
    },
  },
  example: 'nginx-hop',
  expects: ['intermediary.upgrade-stripped'],
  effects: refusedEffects,
  rows: ['hop.nginx-default'],
  apply: (head, { host, version }) => {
    const { method, target } = requestLine(head);
    const hop = setField(removeField(head.raw, 'Upgrade'), 'Connection', 'close');
    const asked = setStartLine(hop, `${method} ${target} HTTP/${version}`);
    return { raw: host === '' ? asked : setField(asked, 'Host', host) };
  },
});
