import type { Effect } from './fault.js';

/** What clients make of a 3xx in place of the 101 (measured for 301 with a Location). */
export const redirectEffects: readonly Effect[] = [
  { client: 'Chromium', sees: "Console: Error during WebSocket handshake: Unexpected response code: 301; then 'error' and close 1006." },
  { client: 'ws (Node)', sees: "'error': Unexpected server response: 301; follows with followRedirects." },
  { client: 'faye-websocket', sees: "'error': Error during WebSocket handshake: Unexpected response code: 301." },
  {
    client: 'Python websockets, aiohttp, websocket-client',
    sees: "Follow it: they fail at the new place or with its scheme (InvalidURI: scheme isn't ws or wss; ValueError: scheme https is invalid).",
  },
  { client: 'tornado', sees: 'HTTPClientError: HTTP 301: Moved Permanently.' },
];
