import { statusLine } from '../../model/head.js';
import { setStartLine } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'http10-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The answer is one of HTTP/1.0',
  about:
    'The status line says HTTP/1.0, and the rest stays. RFC 6455 section 4.2.2 wants HTTP/1.1 or higher; half of the clients look at it.',
  imitates: 'A server that writes its 101 by hand, an old proxy that puts its own version into answers.',
  params: {},
  example: 'http10-answer',
  expects: ['server.http-version'],
  effects: [
    { client: 'Python websockets 10', sees: 'InvalidMessage: did not receive a valid HTTP response (unsupported HTTP version: HTTP/1.0).' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
    { client: 'WebKit', sees: 'Server ignored WebSocket handshake.' },
    { client: 'ws (Node), Chromium, undici 7, Go, faye-websocket, aiohttp, tornado', sees: 'Open.' },
  ],
  rows: ['hop.http10'],
  apply: (head) => {
    const { version } = statusLine(head);
    return version === 'HTTP/1.1' ? { raw: setStartLine(head.raw, head.startLine.replace('HTTP/1.1', 'HTTP/1.0')) } : undefined;
  },
});
