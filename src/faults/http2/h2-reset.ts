import { errorNames } from '../../wire/http2/frame.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'h2-reset',
  stage: 'http2',
  leg: 'client',
  only: 'h2',
  title: 'The stream of the WebSocket is reset',
  about:
    'The client gets RST_STREAM (RFC 9113 section 6.4) for the extended CONNECT: at once, and then the server never hears of it, or so long after the answer. The other streams of the connection go on.',
  imitates:
    'A CDN or load balancer that speaks HTTP/2 without WebSockets (PROTOCOL_ERROR), a server that is shutting down (REFUSED_STREAM), a limit of time or rate (CANCEL, ENHANCE_YOUR_CALM).',
  params: {
    code: { type: 'string', default: 'PROTOCOL_ERROR', choices: errorNames, about: 'The error code, by its name in RFC 9113 section 7.' },
    at: { type: 'string', default: 'request', choices: ['request', 'answer'], about: 'In place of an answer, or after it.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'With `at=answer`: how long after it, milliseconds.' },
  },
  example: 'h2-reset:code=REFUSED_STREAM',
  expects: ['server.reset', 'intermediary.h2-no-extended-connect', 'server.rst-after-101'],
  effects: [
    { client: 'Chromium', sees: 'net::ERR_HTTP2_PROTOCOL_ERROR, or close 1006 after the answer.' },
    { client: 'every client without RFC 8441 (ws, curl, Python)', sees: 'Nothing: it speaks HTTP/1.1.' },
  ],
  apply: ({ event }, { code, at, ms }) => (event === 'stream' ? { reset: { code, at, afterMs: ms } } : undefined),
});
