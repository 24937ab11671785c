import { isHandshake } from '../../wire/upgrade.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'reset-on-upgrade',
  stage: 'request',
  leg: 'both',
  only: 'http/1.1',
  title: 'Both sides are reset at the mere sight of Upgrade',
  about:
    'The handshake never reaches the server: as soon as its head is read, the connection is reset in both directions. Plain requests pass. `reset-answer` lets the server answer first.',
  imitates: 'A firewall that looks into plain HTTP and cuts what asks for a WebSocket.',
  params: {},
  example: 'reset-on-upgrade',
  expects: ['server.reset'],
  effects: [
    { client: 'ws (Node)', sees: 'socket hang up, or read ECONNRESET.' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_RESET; close 1006.' },
    { client: 'every server', sees: 'A connection that is reset before it has said anything.' },
  ],
  rows: ['hop.rst-on-upgrade'],
  apply: (head) => (isHandshake(head) ? { raw: '', end: 'reset' } : undefined),
});
