import { opens } from '../../model/head.js';
import { reasonPhrase } from '../../wire/reason-phrase.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'informational',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'A 100 or 103 comes before the 101',
  about:
    'The client gets an informational answer in front of the 101. RFC 9110 section 15.2 allows that, and half of all clients take it for the final answer.',
  imitates: 'A CDN or server that sends Early Hints for every path, a framework that answers 100 Continue to all it gets.',
  params: {
    code: { type: 'string', default: '103', choices: ['100', '102', '103'], about: 'The status.' },
    count: { type: 'number', default: 1, min: 1, max: 10, whole: true, about: 'How many of them.' },
  },
  example: 'informational:code=103',
  expects: ['server.informational'],
  effects: [
    { client: 'ws (Node), undici', sees: 'Open all the same.' },
    { client: 'Chromium', sees: 'Console: Error during WebSocket handshake: Unexpected response code: 103; close 1006.' },
    { client: 'Firefox', sees: 'Opens all the same.' },
    { client: 'faye-websocket', sees: 'Opens with 100; Error during WebSocket handshake: Unexpected response code: 103.' },
    { client: 'Python websockets 10', sees: 'InvalidStatusCode: server rejected WebSocket connection: HTTP 103.' },
    { client: 'Python aiohttp, tornado', sees: 'Open all the same.' },
    { client: 'Python websocket-client', sees: 'WebSocketBadStatusException: Handshake status 103 Early Hints.' },
    { client: 'Go gorilla', sees: 'websocket: bad handshake.' },
    { client: 'Go coder', sees: 'Opens all the same.' },
  ],
  rows: ['srv.1xx'],
  apply: (head, { code, count }) => {
    if (!opens(head)) return undefined;
    const link = code === '103' ? 'Link: </app.css>; rel=preload; as=style\r\n' : '';
    const one = `HTTP/1.1 ${code} ${code === '102' ? 'Processing' : reasonPhrase(Number(code))}\r\n${link}\r\n`;
    return { raw: head.raw, ahead: one.repeat(count) };
  },
});
