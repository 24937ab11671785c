import { addField, removeField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'squid-hop',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'A Squid that passes no upgrades stands in front of the server',
  about:
    'Makes of the handshake what Squid makes of it by default: no Upgrade, Connection: keep-alive, and Via, X-Forwarded-For and Cache-Control: max-age=259200 added. The Sec-WebSocket fields cross. The server sees a plain request, and mostly answers 426 or 400.',
  imitates: 'Squid without `http_upgrade_request_protocols`, which meets ws:// URLs that a client sends in absolute form.',
  params: {
    name: { type: 'string', default: 'proxy.example (squid/5.7)', about: 'How it names itself in Via.' },
    address: { type: 'string', default: '192.168.1.20', about: 'The address of the client in X-Forwarded-For.' },
  },
  example: 'squid-hop',
  expects: ['intermediary.upgrade-stripped'],
  effects: refusedEffects,
  rows: ['hop.squid'],
  apply: (head, { name, address }) => {
    const stripped = setField(removeField(head.raw, 'Upgrade'), 'Connection', 'keep-alive');
    const told = addField(addField(stripped, 'Via', `1.1 ${name}`), 'X-Forwarded-For', address);
    return { raw: setField(told, 'Cache-Control', 'max-age=259200') };
  },
});
