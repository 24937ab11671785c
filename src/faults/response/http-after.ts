import { opens } from '../../model/head.js';
import { defineFault } from '../fault.js';

const texts = {
  '400': 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\nBad Request',
  html: '<!doctype html>\n<html lang="en"><head><title>Error</title></head><body><pre>Internal Server Error</pre></body></html>\n',
  // What socket.io says after its own 101 to a client of version 2; measured with 4.8.4.
  'socket.io':
    'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-type: text/html\r\nContent-Length: 28\r\n\r\nUnsupported protocol version',
} as const;

export const fault = defineFault({
  id: 'http-after',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'HTTP text follows the 101 where frames are due',
  about:
    'Behind the 101 of the server the client gets the text of an HTTP answer, a page, or the same 101 a second time, and then the end of the connection. Clients read the letters as frame headers.',
  imitates:
    'Two upgrade listeners on one server, of which the second refuses what the first has accepted (two WebSocketServer of ws with different paths), an error handler that writes to an upgraded socket, socket.io with a client of another version.',
  params: {
    what: {
      type: 'string',
      default: '400',
      choices: ['400', 'html', 'socket.io', '101'],
      about: 'What follows; `101` is the same answer again.',
    },
  },
  example: 'http-after:what=400',
  expects: ['server.http-after-101', 'server.double-handler', 'url.socketio-params'],
  effects: [
    { client: 'ws (Node)', sees: 'Opens, then: Invalid WebSocket frame: RSV1 must be clear (RSV2 and RSV3 with `what=html`).' },
    { client: 'Chromium', sees: 'Console: Invalid frame header; opens, then close 1006.' },
    { client: 'Firefox', sees: 'Opens.' },
    { client: 'faye-websocket', sees: 'Opens, then: One or more reserved bits are on.' },
    { client: 'Python websockets 10', sees: 'Opens, then: sent 1002 (protocol error); invalid opcode.' },
    { client: 'Python aiohttp', sees: 'Opens, then: Received frame with non-zero reserved bits.' },
    { client: 'Python websocket-client, tornado', sees: 'Open, and say nothing.' },
    { client: 'Go gorilla', sees: 'Opens, then with `what=html`: RSV2 set, RSV3 set, bad opcode 12.' },
    { client: 'Go coder', sees: 'Opens, then: received header with unexpected rsv bits set.' },
  ],
  rows: ['srv.http-after'],
  apply: (head, { what }) => (opens(head) ? { raw: head.raw, body: what === '101' ? head.raw : texts[what], end: 'fin' } : undefined),
});
