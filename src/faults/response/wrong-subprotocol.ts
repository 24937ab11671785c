import { fieldValues, opens } from '../../model/head.js';
import { removeField, setField } from '../../wire/head-edit.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { subprotocolEffects } from '../handshake-effects.js';

export const fault = defineFault({
  id: 'wrong-subprotocol',
  stage: 'response',
  leg: 'client',
  title: 'The subprotocol in the answer does not fit the offer',
  about:
    'The Sec-WebSocket-Protocol of the answer is set to another name, taken out, emptied, or named twice. A choice that was not offered has to fail the connection (RFC 6455 section 4.1, check 6); none at all is legal, and browsers fail all the same (WHATWG).',
  imitates:
    'A server that echoes the whole offer (graphql-ws beside graphql-transport-ws), one that always names its own protocol, a proxy that strips fields that it does not know.',
  params: {
    kind: {
      type: 'string',
      default: 'set',
      choices: ['set', 'drop', 'empty', 'twice', 'list'],
      about:
        '`set`: to `value`, also where none was asked for; `drop`: the field is gone; `empty`: it says nothing; `twice`: the field comes two times; `list`: `value` is named beside the choice.',
    },
    value: { type: 'string', default: 'other', about: 'The subprotocol for `set` and `list`.' },
  },
  example: 'wrong-subprotocol:value=other',
  expects: ['server.subprotocol-mismatch', 'server.subprotocol-unrequested', 'server.subprotocol-missing', 'server.subprotocol-duplicate'],
  effects: subprotocolEffects,
  rows: ['srv.subproto', 'srv.dup'],
  apply: (head, { kind, value }) => {
    const name = 'Sec-WebSocket-Protocol';
    if (!opens(head)) return undefined;
    if (kind === 'set') return { raw: setField(head.raw, name, value) };
    if (kind === 'empty') return { raw: setField(head.raw, name, '') };
    const chosen = fieldValues(head, name);
    if (chosen.length === 0) return undefined;
    if (kind === 'drop') return { raw: removeField(head.raw, name) };
    return { raw: kind === 'twice' ? repeatField(head.raw, name) : setField(head.raw, name, [...chosen, value].join(', ')) };
  },
});
