import { field, opens } from '../../model/head.js';
import { setField } from '../../wire/head-edit.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { answerUpgradeEffects } from '../handshake-effects.js';

export const fault = defineFault({
  id: 'wrong-answer-upgrade',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The 101 upgrades to something else than websocket',
  about:
    'Upgrade in the 101 names another protocol, or stands there twice. Clients have to fail the connection (RFC 6455 section 4.1, check 2).',
  imitates: 'A front server that takes the offer of HTTP/2 by upgrade (h2c), a proxy that adds an Upgrade line to the one of the server.',
  params: {
    value: { type: 'string', default: 'h2c', about: 'What Upgrade says instead.' },
    twice: { type: 'boolean', default: false, about: 'In place of that: the field of the server comes two times.' },
  },
  example: 'wrong-answer-upgrade:value=h2c',
  expects: ['server.bad-upgrade', 'server.duplicate-headers'],
  effects: answerUpgradeEffects,
  rows: ['srv.upgrade', 'hop.reply-strip'],
  apply: (head, { value, twice }) => {
    if (!opens(head) || field(head, 'Upgrade') === undefined) return undefined;
    return { raw: twice ? repeatField(head.raw, 'Upgrade') : setField(head.raw, 'Upgrade', value) };
  },
});
