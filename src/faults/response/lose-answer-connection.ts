import { field, opens } from '../../model/head.js';
import { removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { answerConnectionEffects } from '../handshake-effects.js';

export const fault = defineFault({
  id: 'lose-answer-connection',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The 101 arrives without its Connection field',
  about:
    'Takes Connection out of the 101, while the status and everything else stay. Clients have to fail the connection (RFC 6455 section 4.1, check 3).',
  imitates:
    'A proxy or CDN that strips hop-by-hop fields from answers and passes the 101 on all the same; a server that writes its 101 by hand.',
  params: {},
  example: 'lose-answer-connection',
  expects: ['server.missing-connection'],
  effects: answerConnectionEffects,
  rows: ['hop.reply-strip', 'srv.connection'],
  apply: (head) => (opens(head) && field(head, 'Connection') !== undefined ? { raw: removeField(head.raw, 'Connection') } : undefined),
});
