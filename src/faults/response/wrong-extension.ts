import { fieldValues, opens } from '../../model/head.js';
import { removeField, setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';
import { extensionEffects } from '../handshake-effects.js';

const named: Readonly<Record<string, string>> = {
  unknown: 'x-foo',
  deflate: 'permessage-deflate',
  'bad-bits': 'permessage-deflate; server_max_window_bits=7',
  'unknown-param': 'permessage-deflate; zzz=1',
  twice: 'permessage-deflate, permessage-deflate',
  garbage: 'permessage-deflate; =;',
};

export const fault = defineFault({
  id: 'wrong-extension',
  stage: 'response',
  leg: 'client',
  title: 'The extensions in the answer are wrong',
  about:
    'The Sec-WebSocket-Extensions of the answer names what was not offered, has parameters that RFC 7692 forbids, breaks the grammar, or is lost. The server goes on as it had agreed: with `strip` it sends compressed frames to a client that knows of no compression.',
  imitates:
    'A proxy that takes the offer out of the request and not the answer out of the answer, or the other way round; a server that answers with a fixed text; IIS behind ARR.',
  params: {
    kind: {
      type: 'string',
      default: 'unknown',
      choices: ['unknown', 'deflate', 'bad-bits', 'unknown-param', 'twice', 'garbage', 'strip'],
      about:
        '`unknown`: x-foo; `deflate`: permessage-deflate, offered or not; `bad-bits`: server_max_window_bits=7; `unknown-param`: zzz=1; `twice`: permessage-deflate two times; `garbage`: what no parser reads; `strip`: the field is gone.',
    },
  },
  example: 'wrong-extension:kind=unknown',
  expects: ['server.extension-unrequested', 'server.extension-malformed', 'server.extension-params', 'frame.rsv'],
  effects: extensionEffects,
  rows: ['srv.ext'],
  apply: (head, { kind }) => {
    const name = 'Sec-WebSocket-Extensions';
    if (!opens(head)) return undefined;
    if (kind === 'strip') return fieldValues(head, name).length === 0 ? undefined : { raw: removeField(head.raw, name) };
    return { raw: setField(head.raw, name, named[kind] ?? '') };
  },
});
