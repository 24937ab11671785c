import { field } from '../../model/head.js';
import { addField, removeField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'wrong-version',
  stage: 'request',
  leg: 'server',
  title: 'The server is asked for another version of the protocol',
  about:
    'Sec-WebSocket-Version says something else than 13, stands there twice, or not at all. RFC 6455 section 4.4 wants an answer with the versions that the server does speak, with 426 or 400.',
  imitates: 'A client of the drafts (8 is of 2011), a proxy that merges or repeats fields, a client written by hand that forgot the field.',
  params: {
    version: { type: 'string', default: '12', about: 'The version; the field is gone when empty.' },
    twice: { type: 'boolean', default: false, about: 'Keep the field, and add a second one with this version.' },
  },
  example: 'wrong-version:version=12',
  expects: ['server.version-unsupported', 'server.bad-request'],
  effects: [
    ...refusedEffects,
    { client: 'ws as the server', sees: 'Answers 400 with Sec-WebSocket-Version: 13, 8. It takes 8, so `version=8` opens.' },
  ],
  rows: ['srv.version'],
  apply: (head, { version, twice }) => {
    const name = 'Sec-WebSocket-Version';
    if (field(head, name) === undefined) return undefined;
    if (twice) return { raw: addField(head.raw, name, version) };
    return { raw: version === '' ? removeField(head.raw, name) : setField(head.raw, name, version) };
  },
});
