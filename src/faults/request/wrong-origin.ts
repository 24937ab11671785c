import { removeField, setField } from '../../wire/head-edit.js';
import { isHandshake } from '../../wire/upgrade.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

const modes = ['set', 'drop', 'null'] as const;

/** The finding that each mode must lead to at a server that checks the Origin. */
export const modeCodes: Readonly<Record<(typeof modes)[number], string>> = {
  set: 'origin.rejected',
  drop: 'origin.missing',
  null: 'origin.null',
};

export const fault = defineFault({
  id: 'wrong-origin',
  stage: 'request',
  leg: 'server',
  title: 'The server sees another Origin',
  about:
    'Changes the Origin of the handshake on its way to the server, or takes it out. Browsers apply no CORS to a WebSocket: the server alone decides by this field (RFC 6455 section 10.2), so a server that checks it refuses, mostly with 403, and one that does not opens the socket to every web site. Plain HTTP requests are left alone.',
  imitates:
    'A page served from a host that the allow-list of the server does not hold (staging, a preview deployment, http in place of https), a native client that sends no Origin, a sandboxed frame or a file:// page, which send null.',
  params: {
    mode: {
      type: 'string',
      default: 'set',
      choices: modes,
      about:
        '`set` gives the field another value, and adds it when the client sent none; `drop` takes it out; `null` makes it the word null.',
    },
    value: { type: 'string', default: 'https://evil.example', about: 'The Origin for `mode=set`.' },
  },
  example: 'wrong-origin:value=https://staging.example:8443',
  expects: Object.values(modeCodes),
  effects: [
    ...refusedEffects,
    {
      client: 'every client, at a server that closes after the 101',
      sees: 'Opens, end is closed (older Django Channels, webpack-dev-server).',
    },
  ],
  rows: ['origin.rewrite', 'origin.drop', 'origin.null'],
  apply: (head, { mode, value }) => {
    if (!isHandshake(head)) return undefined;
    if (mode === 'drop') return { raw: removeField(head.raw, 'Origin') };
    return { raw: setField(head.raw, 'Origin', mode === 'null' ? 'null' : value) };
  },
});
