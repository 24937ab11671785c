import type { Effect } from './fault.js';

/** What clients say when the server answers the handshake with status N in place of 101 (measured for 200, 403, 404, 426). */
export const refusedEffects: readonly Effect[] = [
  { client: 'Chromium', sees: "Console: Error during WebSocket handshake: Unexpected response code: N; then 'error' and close 1006." },
  { client: 'Firefox', sees: "Console: can't establish a connection to the server, without the status; then 'error' and close 1006." },
  { client: 'WebKit', sees: 'The server did not accept the WebSocket handshake.' },
  { client: 'ws (Node)', sees: "'error': Unexpected server response: N; 'unexpected-response' carries the whole answer." },
  { client: 'undici 7', sees: "'error' with an empty message, close 1006." },
  { client: 'faye-websocket', sees: "'error': Error during WebSocket handshake: Unexpected response code: N." },
  { client: 'Python websockets 10', sees: 'InvalidStatusCode: server rejected WebSocket connection: HTTP N.' },
  { client: 'Python aiohttp', sees: "WSServerHandshakeError: N, message='Invalid response status'." },
  { client: 'Python websocket-client', sees: 'WebSocketBadStatusException: Handshake status N.' },
  { client: 'Go gorilla', sees: 'websocket: bad handshake; the answer stands beside the error.' },
  { client: 'Go coder', sees: 'expected handshake response status code 101 but got N.' },
];
