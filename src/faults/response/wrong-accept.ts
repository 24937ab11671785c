import { field } from '../../model/head.js';
import { removeField, setField } from '../../wire/head-edit.js';
import { repeatField } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';
import { acceptEffects } from '../handshake-effects.js';

/** The answer to the sample key of RFC 6455 section 1.3: a right value, to the key of another handshake. */
export const earlierAccept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

export const fault = defineFault({
  id: 'wrong-accept',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The accept value of the 101 is wrong',
  about:
    'Sec-WebSocket-Accept proves that the server has read this very key (RFC 6455 section 1.3). The client gets another value, none, or two, and has to fail the connection.',
  imitates:
    'A server that hashes a trimmed or decoded key, a proxy that opens a handshake of its own and passes the answer of the server on, a cache, two hands that both write the handshake.',
  params: {
    kind: {
      type: 'string',
      default: 'other',
      choices: ['other', 'earlier', 'case', 'empty', 'missing', 'twice'],
      about:
        '`other`: 20 random bytes; `earlier`: a right value to another key; `case`: the right letters in lower case; `empty`; `missing`; `twice`: the right field two times.',
    },
  },
  example: 'wrong-accept',
  expects: ['server.accept-mismatch', 'server.accept-missing', 'server.duplicate-headers'],
  effects: acceptEffects,
  rows: ['srv.accept'],
  apply: (head, { kind }, { random }) => {
    const name = 'Sec-WebSocket-Accept';
    const right = field(head, name);
    if (right === undefined) return undefined;
    if (kind === 'missing') return { raw: removeField(head.raw, name) };
    if (kind === 'twice') return { raw: repeatField(head.raw, name) };
    const other = (): string => Buffer.from(Array.from({ length: 20 }, () => Math.floor(random.next() * 256))).toString('base64');
    const value = { other, earlier: () => earlierAccept, case: () => right.toLowerCase(), empty: () => '' }[kind]();
    return { raw: setField(head.raw, name, value) };
  },
});
