import { setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'set-field',
  stage: 'request',
  leg: 'server',
  title: 'A field of the request gets another value',
  about: 'Gives one field another value, in its place and its spelling; it is added where there is none, and further ones of the name go.',
  imitates: 'A proxy that rewrites fields; for trying out what a server does with a value.',
  params: {
    name: { type: 'string', default: 'User-Agent', fieldName: true, about: 'The name of the field.' },
    value: { type: 'string', default: 'shakedown', about: 'Its value.' },
  },
  example: 'set-field:name=User-Agent,value=curl/8.0',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless the server acts by the field.' }],
  apply: ({ raw }, { name, value }) => ({ raw: setField(raw, name, value) }),
});
