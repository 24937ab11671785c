import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'cut-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The connection ends in the middle of the answer',
  about:
    "The client gets the first bytes of the server's answer to the handshake, and then the connection ends. With `bytes=0` it gets none.",
  imitates:
    'A server process that dies while it answers, a load balancer that gives up on it, a firewall that resets what it does not like.',
  params: {
    bytes: { type: 'number', default: 20, min: 0, max: 65_536, whole: true, about: 'How much of the head the client gets.' },
    end: { type: 'string', default: 'reset', choices: ['fin', 'reset', 'silence'], about: 'What follows.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after those bytes, milliseconds.' },
  },
  example: 'cut-answer:bytes=20,end=fin',
  expects: ['server.truncated-response', 'server.empty-reply', 'server.reset'],
  effects: [
    { client: 'ws (Node)', sees: 'socket hang up, or read ECONNRESET with `end=reset`.' },
    { client: 'Chromium', sees: 'net::ERR_INVALID_HTTP_RESPONSE, ERR_CONNECTION_CLOSED or ERR_CONNECTION_RESET.' },
  ],
  rows: ['srv.cut-head'],
  apply: ({ raw }, { bytes, end, ms }) => (bytes >= raw.length ? undefined : { raw: raw.slice(0, bytes), end, endMs: ms }),
});
