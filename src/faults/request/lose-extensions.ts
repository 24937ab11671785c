import { field } from '../../model/head.js';
import { removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'lose-extensions',
  stage: 'request',
  leg: 'server',
  title: 'The offer of compression is lost on the way to the server',
  about:
    'Takes Sec-WebSocket-Extensions out of the handshake. The server hears no offer and agrees on nothing (RFC 6455 section 9.1), so the WebSocket opens, and its messages are not compressed.',
  imitates: 'A proxy that strips fields that it does not know, IIS with its usual work-around, a debugging proxy that wants to read along.',
  params: {},
  example: 'lose-extensions',
  expects: ['intermediary.extension-stripped'],
  effects: [{ client: 'every client', sees: 'Opens. `extensions` is empty, and messages take more bytes on the wire.' }],
  rows: ['hop.strip-ext-offer'],
  apply: (head) =>
    field(head, 'Sec-WebSocket-Extensions') === undefined ? undefined : { raw: removeField(head.raw, 'Sec-WebSocket-Extensions') },
});
