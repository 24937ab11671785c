import { field } from '../../model/head.js';
import { removeField, setField } from '../../wire/head-edit.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

const kinds = ['missing', 'empty', 'short', 'long', 'not-base64', 'twice'] as const;
type Kind = (typeof kinds)[number];

const damaged = (key: string): Readonly<Record<Exclude<Kind, 'missing' | 'twice'>, string>> => ({
  empty: '',
  short: key.slice(0, 12),
  // A key of 19 bytes.
  long: `${key.slice(0, 22)}AAAA==`.slice(0, 28),
  'not-base64': `${key.slice(0, 20)}!!==`,
});

export const fault = defineFault({
  id: 'bad-key',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The key of the handshake is lost or damaged',
  about:
    'Sec-WebSocket-Key is 16 random bytes in base64 (RFC 6455 section 4.1). The server gets one that is none, two of them, or nothing. Careful servers answer 400; one that only hashes what it gets answers a 101 whose accept value does not fit the key of the client.',
  imitates: 'A proxy that strips or repeats fields, a client written by hand, a filter that rewrites what looks like a secret.',
  params: {
    kind: {
      type: 'string',
      default: 'missing',
      choices: kinds,
      about: '`missing`: no field; `empty`; `short`: 9 bytes; `long`: more than 16 bytes; `not-base64`; `twice`: the same field two times.',
    },
  },
  example: 'bad-key:kind=short',
  expects: ['server.bad-request', 'server.accept-mismatch'],
  effects: [
    ...refusedEffects,
    { client: 'ws as the server', sees: 'Answers 400, Missing or invalid Sec-WebSocket-Key header, to every kind.' },
  ],
  rows: ['srv.version'],
  apply: (head, { kind }) => {
    const name = 'Sec-WebSocket-Key';
    const key = field(head, name);
    if (key === undefined) return undefined;
    if (kind === 'missing') return { raw: removeField(head.raw, name) };
    return { raw: kind === 'twice' ? repeatField(head.raw, name) : setField(head.raw, name, damaged(key)[kind]) };
  },
});
