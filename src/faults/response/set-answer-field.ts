import { setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'set-answer-field',
  stage: 'response',
  leg: 'client',
  title: 'A field of the answer gets another value',
  about:
    'Gives one field of the answer another value, in its place and its spelling; it is added where there is none, and further ones of the name go.',
  imitates: 'A proxy that rewrites fields; for trying out what a client does with a value.',
  params: {
    name: { type: 'string', default: 'Server', fieldName: true, about: 'The name of the field.' },
    value: { type: 'string', default: 'shakedown', about: 'Its value.' },
  },
  example: 'set-answer-field:name=Server,value=nginx/1.22.1',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless the client acts by the field.' }],
  apply: ({ raw }, { name, value }) => ({ raw: setField(raw, name, value) }),
});
