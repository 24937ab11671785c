import { addField } from '../../wire/head-edit.js';
import { foldField, insertLine, spaceBeforeColon, withBareLineFeeds } from '../../wire/head-form.js';
import { defineFault } from '../fault.js';

const kinds = [
  'no-colon',
  'bare-lf',
  'space-before-colon',
  'control-character',
  'nul',
  'obs-fold',
  'empty-name',
  'content-length',
  'transfer-encoding',
] as const;

const damage: Readonly<Record<(typeof kinds)[number], (raw: string) => string>> = {
  'no-colon': (raw) => insertLine(raw, 'bad header line'),
  'bare-lf': withBareLineFeeds,
  'space-before-colon': (raw) => spaceBeforeColon(raw, 'Upgrade'),
  'control-character': (raw) => insertLine(raw, 'X-Bad: a\x01b'),
  nul: (raw) => insertLine(raw, 'X-Bad: a\0b'),
  'obs-fold': (raw) => foldField(raw, 'Sec-WebSocket-Accept'),
  'empty-name': (raw) => insertLine(raw, ': nothing'),
  'content-length': (raw) => addField(raw, 'Content-Length', '0'),
  'transfer-encoding': (raw) => addField(raw, 'Transfer-Encoding', 'chunked'),
};

export const fault = defineFault({
  id: 'bad-answer-head',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The head of the answer breaks the syntax of HTTP',
  about:
    'Damages the head of the answer in one way (RFC 9112 sections 2 to 5): a line without a colon, line ends without CR, a space before a colon, a control character or a NUL in a value, a value on the next line (obs-fold), a field without a name; or gives the 101 a field that frames a body, which none may have (RFC 9110 section 8.6). What one client refuses, another one does not see.',
  imitates: 'A server or a script that writes its 101 by hand, an embedded device, a proxy rule that pastes text into heads.',
  params: { kind: { type: 'string', default: 'no-colon', choices: kinds, about: 'The damage.' } },
  example: 'bad-answer-head:kind=no-colon',
  expects: ['server.malformed-response'],
  effects: [
    {
      client: 'ws (Node)',
      sees: "'error': Parse Error: Invalid header token, Invalid header field char, Invalid header value char, Missing expected CR after response line. Opens for content-length and transfer-encoding.",
    },
    { client: 'Chromium', sees: 'Opens for every kind but nul: net::ERR_INVALID_HTTP_RESPONSE.' },
    { client: 'undici 7', sees: "'error' with an empty message, close 1006. Opens for content-length and transfer-encoding." },
    { client: 'Firefox', sees: "Opens for most kinds; can't establish a connection for space-before-colon." },
    {
      client: 'Python websockets 10',
      sees: 'InvalidMessage: did not receive a valid HTTP response (invalid HTTP header line). Opens for content-length and transfer-encoding.',
    },
    {
      client: 'Go gorilla',
      sees: 'malformed MIME header for no-colon, bad handshake for space-before-colon; opens for bare-lf and a control character.',
    },
  ],
  rows: ['srv.bad-head'],
  apply: ({ raw }, { kind }) => ({ raw: damage[kind](raw) }),
});
