import { field, opens } from '../../model/head.js';
import { setField } from '../../wire/head-edit.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { answerConnectionEffects } from '../handshake-effects.js';

export const fault = defineFault({
  id: 'wrong-answer-connection',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'Connection of the 101 says something else than Upgrade',
  about:
    'Connection in the 101 says close or keep-alive, names more than Upgrade, or stands there twice. Without the word Upgrade clients have to fail the connection (RFC 6455 section 4.1, check 3); a list that holds it is legal, and some clients refuse it.',
  imitates:
    'A load balancer that writes its own Connection into every answer; with `value=keep-alive, Upgrade` one that only adds its word.',
  params: {
    value: { type: 'string', default: 'close', about: 'What Connection says instead: `close`, `keep-alive`, `keep-alive, Upgrade`.' },
    twice: { type: 'boolean', default: false, about: 'In place of that: the field of the server comes two times.' },
  },
  example: 'wrong-answer-connection:value=close',
  expects: ['server.bad-connection'],
  effects: answerConnectionEffects,
  rows: ['srv.connection', 'hop.reply-strip'],
  apply: (head, { value, twice }) => {
    if (!opens(head) || field(head, 'Connection') === undefined) return undefined;
    return { raw: twice ? repeatField(head.raw, 'Connection') : setField(head.raw, 'Connection', value) };
  },
});
