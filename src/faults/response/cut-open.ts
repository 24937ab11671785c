import { opens } from '../../model/head.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'cut-open',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The connection ends right after the 101',
  about:
    'The client gets the 101, nothing of what the server says behind it, and `ms` milliseconds later the end of the connection, without a Close frame.',
  imitates:
    'An exception in the connection handler, a second upgrade listener that destroys the socket, a filter that lets the handshake pass and not the frames.',
  params: {
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How it ends.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the 101, milliseconds.' },
  },
  example: 'cut-open:end=fin',
  expects: ['server.close-after-101', 'server.rst-after-101', 'frame.abnormal-close'],
  effects: [
    { client: 'ws (Node)', sees: "Opens, then close 1006; with `end=reset` also 'error': read ECONNRESET." },
    { client: 'Chromium', sees: 'Opens, then close 1006, wasClean false.' },
    { client: 'Firefox', sees: 'close 1006; with `end=reset`: was interrupted.' },
    { client: 'faye-websocket', sees: 'Opens, then close 1006; with `end=reset`: Network error: URL: read ECONNRESET.' },
    { client: 'Python websockets 10', sees: 'Opens, then ConnectionClosedError: no close frame received or sent.' },
    { client: 'Python aiohttp', sees: 'Opens, then a message of type CLOSED.' },
    { client: 'Python websocket-client', sees: 'Opens, then WebSocketConnectionClosedException or ConnectionResetError.' },
    { client: 'Go gorilla', sees: 'Opens, then close 1006 (abnormal closure): unexpected EOF, or connection reset by peer.' },
    { client: 'Go coder', sees: 'Opens, then failed to read frame header: EOF, or connection reset by peer.' },
  ],
  rows: ['srv.cut-101'],
  apply: (head, { end, ms }) => (opens(head) ? { raw: head.raw, end, endMs: ms } : undefined),
});
