import { addField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'add-answer-field',
  stage: 'response',
  leg: 'client',
  title: 'A field is added to the answer',
  about:
    'Adds one field behind the others of the answer to the handshake, also where there is one of that name. `set-answer-field` replaces it.',
  imitates: 'A proxy that adds fields of its own; for trying out what a client does with a field.',
  params: {
    name: { type: 'string', default: 'X-Debug', fieldName: true, about: 'The name of the field.' },
    value: { type: 'string', default: '1', about: 'Its value.' },
  },
  example: 'add-answer-field:name=X-Debug,value=1',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless the client acts by the field.' }],
  apply: ({ raw }, { name, value }) => ({ raw: addField(raw, name, value) }),
});
