import { fieldValues } from '../../model/head.js';
import { addField, removeField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { subprotocolEffects } from '../handshake-effects.js';

export const fault = defineFault({
  id: 'change-subprotocol',
  stage: 'request',
  leg: 'server',
  title: 'The server hears another offer of subprotocols',
  about:
    'The Sec-WebSocket-Protocol of the handshake is taken out, replaced, or gets one more name. The server chooses from what it hears, and the client judges the choice by what it offered. `wrong-subprotocol` changes the choice itself.',
  imitates:
    'A gateway with a list of its own, a proxy that drops fields that it does not know, a server and a client of different versions.',
  params: {
    mode: {
      type: 'string',
      default: 'drop',
      choices: ['drop', 'replace', 'add'],
      about:
        '`drop` takes the offer out; `replace` puts `value` in its place; `add` puts `value` behind it, or alone where there was none.',
    },
    value: { type: 'string', default: 'other', about: 'The subprotocol for `replace` and `add`.' },
  },
  example: 'change-subprotocol:mode=drop',
  expects: ['server.subprotocol-missing', 'server.subprotocol-mismatch', 'server.subprotocol-unrequested'],
  effects: subprotocolEffects,
  rows: ['srv.subproto'],
  apply: (head, { mode, value }) => {
    const name = 'Sec-WebSocket-Protocol';
    const offered = fieldValues(head, name);
    if (mode === 'add')
      return { raw: offered.length === 0 ? addField(head.raw, name, value) : setField(head.raw, name, [...offered, value].join(', ')) };
    if (offered.length === 0) return undefined;
    return { raw: mode === 'drop' ? removeField(head.raw, name) : setField(head.raw, name, value) };
  },
});
