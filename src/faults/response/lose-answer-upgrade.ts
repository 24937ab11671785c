import { field, opens } from '../../model/head.js';
import { removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { answerUpgradeEffects } from '../handshake-effects.js';

export const fault = defineFault({
  id: 'lose-answer-upgrade',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The 101 arrives without its Upgrade field',
  about:
    'Takes Upgrade out of the 101, while the status and everything else stay. Clients have to fail the connection (RFC 6455 section 4.1, check 2).',
  imitates:
    'A proxy or CDN that strips hop-by-hop fields from answers and passes the 101 on all the same; a server that writes its 101 by hand.',
  params: {},
  example: 'lose-answer-upgrade',
  expects: ['server.missing-upgrade'],
  effects: answerUpgradeEffects,
  rows: ['hop.reply-strip', 'srv.upgrade'],
  apply: (head) => (opens(head) && field(head, 'Upgrade') !== undefined ? { raw: removeField(head.raw, 'Upgrade') } : undefined),
});
