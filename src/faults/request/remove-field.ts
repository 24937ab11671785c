import { field } from '../../model/head.js';
import { removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'remove-field',
  stage: 'request',
  leg: 'server',
  title: 'A field of the request is lost',
  about: 'Takes every field of one name out of the request.',
  imitates: 'A proxy or a privacy filter that strips fields; for trying out whether a server needs a field.',
  params: { name: { type: 'string', default: 'User-Agent', fieldName: true, about: 'The name of the field.' } },
  example: 'remove-field:name=User-Agent',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless the server needs the field: then its refusal.' }],
  apply: (head, { name }) => (field(head, name) === undefined ? undefined : { raw: removeField(head.raw, name) }),
});
