import { field } from '../../model/head.js';
import { removeField, removeListToken } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'drop-upgrade',
  stage: 'request',
  leg: 'server',
  title: 'The Upgrade field is lost on the way to the server',
  about:
    'Takes the Upgrade field out of the request head, as RFC 9110 section 7.6.1 asks of a proxy that does not know the protocol. The Sec-WebSocket fields stay, and tell that a handshake was meant. The server takes the request for plain HTTP and answers 426, 400, 404 or a page with 200.',
  imitates:
    'A reverse proxy without its upgrade lines (nginx by default), Squid without http_upgrade_request_protocols, a CDN or a load balancer with WebSocket switched off.',
  params: {
    connection: {
      type: 'string',
      default: 'drop-token',
      choices: ['drop-token', 'drop', 'keep'],
      about:
        'What becomes of the Connection field: `drop-token` takes its upgrade token out, and the field when nothing is left of it; `drop` takes the whole field out; `keep` leaves it alone.',
    },
  },
  example: 'drop-upgrade',
  expects: ['intermediary.upgrade-stripped', 'server.upgrade-required'],
  effects: refusedEffects,
  rows: ['hop.drop-upgrade'],
  apply: (head, { connection }) => {
    if (field(head, 'upgrade') === undefined) return undefined;
    const raw = removeField(head.raw, 'Upgrade');
    if (connection === 'keep') return { raw };
    return { raw: connection === 'drop' ? removeField(raw, 'Connection') : removeListToken(raw, 'Connection', 'upgrade') };
  },
});
