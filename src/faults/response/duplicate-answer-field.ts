import { field } from '../../model/head.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'duplicate-answer-field',
  stage: 'response',
  leg: 'client',
  title: 'A field of the answer comes twice',
  about:
    'Repeats one field of the answer right behind itself, with its own value or another one. Upgrade, Sec-WebSocket-Accept and Sec-WebSocket-Protocol may come once (RFC 6455 section 11.3); clients take the first, join them, or refuse.',
  imitates: 'A proxy that adds the fields of the handshake which the server has written already, two upgrade listeners on one server.',
  params: {
    name: { type: 'string', default: 'Sec-WebSocket-Accept', fieldName: true, about: 'The name of the field.' },
    value: { type: 'string', default: '', about: 'What the second one says; the same when empty.' },
  },
  example: 'duplicate-answer-field:name=Sec-WebSocket-Accept',
  expects: ['server.duplicate-headers', 'server.subprotocol-duplicate', 'server.extension-malformed', 'server.bad-connection'],
  effects: [
    { client: 'Chromium', sees: "Console: 'Sec-WebSocket-Accept' header must not appear more than once in a response. Then close 1006." },
    {
      client: 'ws (Node)',
      sees: "'error': Invalid Sec-WebSocket-Accept header, Invalid Upgrade header, or Server sent an invalid subprotocol.",
    },
    {
      client: 'Python websockets 10',
      sees: 'InvalidHeader: more than one Sec-WebSocket-Accept header found; InvalidUpgrade for two Upgrade fields.',
    },
    { client: 'Firefox', sees: 'Opens for two Upgrade fields, and refuses the others.' },
    { client: 'Go gorilla and coder, aiohttp, websocket-client', sees: 'Open.' },
  ],
  rows: ['srv.dup'],
  apply: (head, { name, value }) => {
    const own = field(head, name);
    return own === undefined ? undefined : { raw: repeatField(head.raw, name, value === '' ? own : value) };
  },
});
