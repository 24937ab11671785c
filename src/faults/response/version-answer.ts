import { opens } from '../../model/head.js';
import { setField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'version-answer',
  stage: 'response',
  leg: 'client',
  title: 'The answer names versions of the protocol',
  about:
    'Adds Sec-WebSocket-Version to the answer that opens the WebSocket. RFC 6455 section 11.3.5 has it in a refusal only, where it lists what the server speaks; clients pass it over in a 101. `status:code=426` is the refusal.',
  imitates: 'A server that writes the field into every answer.',
  params: { version: { type: 'string', default: '13', about: 'What the field says.' } },
  example: 'version-answer:version=13',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10, undici 7', sees: 'Open.' }],
  apply: (head, { version }) => (opens(head) ? { raw: setField(head.raw, 'Sec-WebSocket-Version', version) } : undefined),
});
