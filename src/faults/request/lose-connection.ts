import { field } from '../../model/head.js';
import { removeField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'lose-connection',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The Connection field loses its word Upgrade on the way to the server',
  about:
    'Takes the Connection field out of the handshake, or gives it another value, while Upgrade and the Sec-WebSocket fields stay. Connection is a hop-by-hop field (RFC 9110 section 7.6.1), which every proxy writes anew. Without its word Upgrade the server sees an ordinary request.',
  imitates:
    'An nginx with `proxy_set_header Upgrade` but without the line for Connection (it sends close), a load balancer that sends keep-alive to keep its own connections.',
  params: {
    value: { type: 'string', default: '', about: 'What Connection says instead: `close`, `keep-alive`; the field is gone when empty.' },
  },
  example: 'lose-connection:value=close',
  expects: ['intermediary.connection-header-lost'],
  effects: refusedEffects,
  rows: ['hop.drop-connection'],
  apply: (head, { value }) => {
    if (field(head, 'Connection') === undefined) return undefined;
    return { raw: value === '' ? removeField(head.raw, 'Connection') : setField(head.raw, 'Connection', value) };
  },
});
