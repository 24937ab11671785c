import type { Draw } from '../../src/faults/armory.js';
import type { Fault } from '../../src/faults/fault.js';
import { createRandom } from '../../src/faults/random.js';
import type { ParamValues } from '../../src/model/fault-choice.js';
import type { Target } from '../../src/model/target.js';

export const target: Target = { scheme: 'wss', host: 'chat.example', port: 443, path: '/ws' };

/** A handshake as odd as an honest client may write it: mixed case, a list in Connection, spacing of its own, a field twice. */
export const handshake = [
  'GET /ws?room=1 HTTP/1.1',
  'Host: chat.example',
  'connection:   keep-alive,  Upgrade ',
  'UPGRADE:websocket',
  'Origin:  https://chat.example',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'X-Same: 1',
  'X-Same: 2',
  'Sec-WebSocket-Version: 13',
  '',
  '',
].join('\r\n');

export const plainRequest = 'GET /page HTTP/1.1\r\nHost: chat.example\r\nConnection: keep-alive\r\n\r\n';

/** A fault as the armory would hand it out, every parameter at its default but the given ones. */
export const drawOf = (fault: Fault, params: ParamValues = {}, key = fault.id): Draw => {
  const defaults = Object.fromEntries(Object.entries(fault.params).map(([name, spec]) => [name, spec.default]));
  const choice = { key, fault: fault.id, params: { ...defaults, ...params }, probability: 1, times: null };
  return { choice, fault, random: createRandom(42, 1, key) };
};

export const hello = { sni: 'chat.example', alpn: ['http/1.1'], versions: ['TLSv1.3'] };
