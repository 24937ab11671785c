import { errorNames } from '../../wire/http2/frame.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'h2-goaway',
  stage: 'http2',
  leg: 'client',
  only: 'h2',
  title: 'The HTTP/2 connection ends with GOAWAY',
  about:
    'The client gets GOAWAY (RFC 9113 section 6.8) and the end of the connection, when it asks for a WebSocket or when it has got one. All streams of the connection end with it.',
  imitates: 'A load balancer that is deployed or drained, a server with a limit of requests or of time for each connection.',
  params: {
    code: { type: 'string', default: 'NO_ERROR', choices: errorNames, about: 'The error code, by its name in RFC 9113 section 7.' },
    debug: { type: 'string', default: '', about: 'The debug text behind it.' },
    at: { type: 'string', default: 'answer', choices: ['request', 'answer'], about: 'In place of an answer, or after it.' },
    last: {
      type: 'string',
      default: 'this',
      choices: ['this', 'before'],
      about: 'Whether this stream is said to have been taken: what comes after the last one may be asked for again elsewhere.',
    },
  },
  example: 'h2-goaway:code=ENHANCE_YOUR_CALM,debug=too_many_pings',
  expects: ['server.close-after-101', 'server.empty-reply', 'server.reset'],
  effects: [
    { client: 'Chromium', sees: 'close 1006; with `at=request` and `last=before` it asks once more on a new connection.' },
    { client: 'every client without RFC 8441 (ws, curl, Python)', sees: 'Nothing: it speaks HTTP/1.1.' },
  ],
  apply: ({ event }, goaway) => (event === 'stream' ? { goaway } : undefined),
});
