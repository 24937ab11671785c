import { statusLine } from '../../model/head.js';
import { setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'odd-reason',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The status line has another reason phrase, or none',
  about:
    'The words behind the status have no meaning, and may be missing (RFC 9112 section 4), so a client that minds has a bug. The space behind the status is due also without them; with `space=false` it is gone as well, which some parsers refuse.',
  imitates: 'Servers of the drafts (WebSocket Protocol Handshake), servers and proxies that send no reason since HTTP/2 has none.',
  params: {
    reason: { type: 'string', default: 'Web Socket Protocol Handshake', about: 'The words; none when empty.' },
    space: { type: 'boolean', default: true, about: 'With no words: whether the space behind the status stays.' },
  },
  example: 'odd-reason:reason=Web Socket Protocol Handshake',
  expects: [],
  effects: [
    { client: 'ws (Node), Chromium, undici 7', sees: 'Open in every case.' },
    {
      client: 'Python websockets 10',
      sees: 'Opens; with `space=false` and no words InvalidMessage: did not receive a valid HTTP response.',
    },
  ],
  apply: (head, { reason, space }) => {
    const { version, status } = statusLine(head);
    if (version === '') return undefined;
    return { raw: setStartLine(head.raw, `${version} ${status}${reason === '' && !space ? '' : ` ${reason}`}`) };
  },
});
