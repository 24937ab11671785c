import { requestLine } from '../../model/head.js';
import { setField, setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'http10-request',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The server is asked in HTTP/1.0',
  about:
    'The request line says HTTP/1.0, which knows no Upgrade (RFC 6455 section 4.1 asks for 1.1 or higher). Connection stays as it is, or says close, as a proxy of that age sends it. `nginx-hop` is all that nginx does by default.',
  imitates: 'An nginx without `proxy_http_version 1.1`, an old accelerator, a health checker or a script that speaks HTTP/1.0.',
  params: {
    connection: { type: 'string', default: 'keep', choices: ['keep', 'close'], about: 'What becomes of the Connection field.' },
  },
  example: 'http10-request',
  expects: ['intermediary.http10-downgrade', 'intermediary.connection-header-lost'],
  effects: [
    ...refusedEffects,
    { client: 'every client, at a ws (Node) server', sees: 'Opens all the same: ws does not look at the version.' },
  ],
  rows: ['hop.http10'],
  apply: (head, { connection }) => {
    const { method, target, version } = requestLine(head);
    if (version !== 'HTTP/1.1') return undefined;
    const raw = setStartLine(head.raw, `${method} ${target} HTTP/1.0`);
    return { raw: connection === 'close' ? setField(raw, 'Connection', 'close') : raw };
  },
});
