import { field } from '../../model/head.js';
import { spaceBeforeColon } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'space-before-colon',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'A space stands before the colon of a field',
  about:
    'Puts a space between the name of one field and its colon. A server has to refuse that with 400 (RFC 9112 section 5.1), because one parser reads the field and another one does not.',
  imitates: 'A client that was written by hand, an attempt to smuggle a request past a proxy.',
  params: { name: { type: 'string', default: 'Upgrade', fieldName: true, about: 'The name of the field.' } },
  example: 'space-before-colon:name=Upgrade',
  expects: ['server.bad-request'],
  effects: refusedEffects,
  apply: (head, { name }) => (field(head, name) === undefined ? undefined : { raw: spaceBeforeColon(head.raw, name) }),
});
