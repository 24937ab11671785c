import { removeField } from '../../wire/head-edit.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'strip-cors',
  stage: 'http-response',
  leg: 'client',
  title: 'The HTTP request in front of the WebSocket loses its CORS fields',
  about:
    'Takes every Access-Control field out of the answers to plain HTTP requests: the negotiation of SignalR, the polling of Socket.IO, the info of SockJS. A handshake is never touched: CORS does not apply to it.',
  imitates: 'A server without CORS on those routes, a gateway that strips fields which it does not know.',
  params: {},
  example: 'strip-cors',
  expects: ['origin.cors-on-http-leg'],
  effects: [
    { client: 'Chromium', sees: 'fetch: TypeError: Failed to fetch; the console names Access-Control-Allow-Origin and the http(s) URL.' },
    { client: 'socket.io-client', sees: 'xhr poll error, where it begins with polling.' },
    { client: 'clients that are no browser', sees: 'Nothing: only browsers apply CORS.' },
  ],
  rows: ['origin.strip-acao'],
  apply: ({ raw, headers }) => {
    const names = new Set(headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith('access-control-')));
    return names.size === 0 ? undefined : { raw: [...names].reduce((text, name) => removeField(text, name), raw) };
  },
});
