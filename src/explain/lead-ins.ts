import { parseTemplate } from './template.js';

/** A client's own words around a message that it took from somewhere else: they tell who speaks. */
export interface LeadIn {
  readonly template: ReturnType<typeof parseTemplate>;
  readonly clients: readonly string[];
}

const leadIn = (text: string, ...clients: readonly string[]): LeadIn => ({ template: parseTemplate(text), clients });

export const leadIns: readonly LeadIn[] = [
  leadIn("WebSocket connection to '«url»' failed:", 'Chromium', 'WebKit', 'Safari', 'WebKit (older)'),
  leadIn('Network error: «url»: ', 'faye-websocket'),
  leadIn('failed to WebSocket dial: ', 'coder/websocket'),
  leadIn('failed to get reader: ', 'coder/websocket'),
  leadIn('websocket.Dial «url»: ', 'golang.org/x/net/websocket'),
  leadIn('websocket error (description.message: ', 'socket.io-client'),
  leadIn('connect_error Error: websocket error', 'socket.io-client'),
  leadIn('Cannot connect to host «addr» ssl:', 'aiohttp'),
  leadIn('aiohttp.client_exceptions.', 'aiohttp'),
  leadIn('websockets.exceptions.', 'Python websockets'),
  leadIn('tornado.', 'tornado'),
  leadIn('websocket._exceptions.', 'websocket-client'),
  leadIn('curl: («n») ', 'curl'),
];
