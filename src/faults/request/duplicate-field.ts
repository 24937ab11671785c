import { field } from '../../model/head.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'duplicate-field',
  stage: 'request',
  leg: 'server',
  title: 'A field of the request comes twice',
  about:
    'Repeats one field right behind itself, with its own value or another one. Sec-WebSocket-Key, -Version and Origin may come once (RFC 6455 section 11.3); servers join two into a list, take the first or the last, or refuse. Two Host fields have to be refused (RFC 9112 section 3.2).',
  imitates: 'A proxy that adds a field which the client has sent already, two proxies with the same rule, an attempt to smuggle a request.',
  params: {
    name: { type: 'string', default: 'Sec-WebSocket-Version', fieldName: true, about: 'The name of the field.' },
    value: { type: 'string', default: '', about: 'What the second one says; the same when empty.' },
  },
  example: 'duplicate-field:name=Sec-WebSocket-Version',
  expects: ['server.bad-request', 'origin.rejected'],
  effects: [
    ...refusedEffects,
    {
      client: 'Node with ws as the server',
      sees: 'Answers 400 to two keys or versions, takes two Origins for one that it does not know (403), and passes over a second Host.',
    },
  ],
  apply: (head, { name, value }) => {
    const own = field(head, name);
    return own === undefined ? undefined : { raw: repeatField(head.raw, name, value === '' ? own : value) };
  },
});
