import { field } from '../../model/head.js';
import { removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'remove-answer-field',
  stage: 'response',
  leg: 'client',
  title: 'A field of the answer is lost',
  about: 'Takes every field of one name out of the answer to the handshake.',
  imitates: 'A proxy that strips fields; for trying out whether a client needs a field.',
  params: { name: { type: 'string', default: 'Date', fieldName: true, about: 'The name of the field.' } },
  example: 'remove-answer-field:name=Sec-WebSocket-Accept',
  expects: ['server.accept-missing', 'server.missing-upgrade', 'server.missing-connection', 'server.subprotocol-missing'],
  effects: [
    { client: 'every client', sees: 'Nothing, unless it needs the field: then what it says to `wrong-accept:kind=missing` and the like.' },
  ],
  rows: ['hop.reply-strip'],
  apply: (head, { name }) => (field(head, name) === undefined ? undefined : { raw: removeField(head.raw, name) }),
});
