import { field } from '../../model/head.js';
import { setField } from '../../wire/head-edit.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'wrong-upgrade',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The server is asked to upgrade to something else',
  about:
    'The Upgrade field of the handshake names another protocol, or stands there twice. Servers compare it with the one word websocket (RFC 6455 section 4.2.1): some take a list, some do not.',
  imitates:
    'A gateway that offers HTTP/2 by upgrade (h2c) on its own account, a proxy that adds its Upgrade line to the one of the client.',
  params: {
    value: { type: 'string', default: 'h2c', about: 'What Upgrade says instead; with `twice` what its second line says.' },
    twice: { type: 'boolean', default: false, about: 'Keep the field, and add a second one.' },
  },
  example: 'wrong-upgrade:value=h2c',
  expects: ['server.bad-request'],
  effects: [
    ...refusedEffects,
    { client: 'ws as the server', sees: 'Answers 400, Invalid Upgrade header, to another word and to two fields.' },
  ],
  apply: (head, { value, twice }) => {
    if (field(head, 'Upgrade') === undefined) return undefined;
    return { raw: twice ? repeatField(head.raw, 'Upgrade', value) : setField(head.raw, 'Upgrade', value) };
  },
});
