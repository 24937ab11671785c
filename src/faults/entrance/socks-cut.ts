import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'socks-cut',
  stage: 'entrance',
  leg: 'client',
  only: 'socks',
  title: 'The connection ends in the middle of the SOCKS reply',
  about:
    'The client gets the first `bytes` bytes of the reply to its SOCKS request, none with 0, and then the connection ends. The server is never dialled.',
  imitates: 'A SOCKS proxy that crashes, or that hangs up on what its rules forbid (ssh -D does when the channel cannot be opened).',
  params: {
    bytes: {
      type: 'number',
      default: 0,
      min: 0,
      max: 9,
      whole: true,
      about: 'How much of the reply the client gets: of 10 bytes in SOCKS5, of 8 in SOCKS4.',
    },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How it ends.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after those bytes, milliseconds.' },
  },
  example: 'socks-cut:bytes=4',
  expects: ['intermediary.connect-malformed'],
  effects: [
    { client: 'curl 7.88', sees: 'curl: (97) connection to proxy closed; Recv failure: Connection reset by peer.' },
    { client: 'Chromium', sees: 'net::ERR_SOCKS_CONNECTION_FAILED; with `end=reset` ERR_CONNECTION_RESET; close 1006.' },
  ],
  rows: ['hop.connect-garbage'],
  apply: ({ reply }, { bytes, end, ms }) => (bytes >= reply.length ? undefined : { raw: reply.slice(0, bytes), end, endMs: ms }),
});
