import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'no-content',
  stage: 'response',
  leg: 'client',
  title: 'The handshake is answered 204, with nothing',
  about: 'The answer to the handshake is replaced by 204 No Content: no 101, and no word about why.',
  imitates: 'A health check or a CORS middleware that answers every request of a path, a collector of metrics behind the wrong port.',
  params: {},
  example: 'no-content',
  expects: ['server.status-unexpected'],
  effects: refusedEffects,
  rows: ['url.status'],
  apply: () => ({ raw: 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n', body: '', end: 'fin' }),
});
