import { field } from '../../model/head.js';
import { foldField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'fold-field',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'A field of the request goes on over the next line',
  about:
    'Puts the value of one field on a line of its own that begins with a space (obs-fold). RFC 9112 section 5.2 has servers refuse it with 400 or put a space in its place; what one parser joins, another one takes for a new field.',
  imitates: 'A client of the nineties, a long field that a mail-like library has wrapped, an attempt to smuggle a request.',
  params: { name: { type: 'string', default: 'Sec-WebSocket-Key', fieldName: true, about: 'The name of the field.' } },
  example: 'fold-field:name=Sec-WebSocket-Key',
  expects: ['server.bad-request'],
  effects: [...refusedEffects, { client: 'Node as the server', sees: 'Answers 400 without a body.' }],
  apply: (head, { name }) => (field(head, name) === undefined ? undefined : { raw: foldField(head.raw, name) }),
});
