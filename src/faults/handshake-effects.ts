import type { Effect } from './fault.js';

/** What clients say to a subprotocol that does not fit what they offered; measured. */
export const subprotocolEffects: readonly Effect[] = [
  {
    client: 'Chromium',
    sees: "Console: Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received; header value 'other' in response does not match any of sent values; must not appear more than once; Response must not include 'Sec-WebSocket-Protocol' header if not present in request. Then close 1006.",
  },
  {
    client: 'ws (Node)',
    sees: "'error': Server sent no subprotocol, Server sent an invalid subprotocol, or Server sent a subprotocol but none was requested.",
  },
  { client: 'undici 7', sees: "'error' with an empty message, close 1006, for a missing, a foreign and a double one." },
  { client: 'the WebSocket of Node 20', sees: 'Dies of an uncaught TypeError when one is chosen and none was offered.' },
  { client: 'Firefox', sees: "Can't establish a connection for a foreign or a double one; opens when one is missing or unrequested." },
  {
    client: 'Python websockets 10',
    sees: 'NegotiationError: unsupported subprotocol: other; InvalidHandshake: multiple subprotocols, or no subprotocols supported. Opens without one.',
  },
  { client: 'Python aiohttp, Go gorilla, tornado', sees: 'Open in every case.' },
];

/** What clients say to extensions that they did not offer, or cannot read; measured. */
export const extensionEffects: readonly Effect[] = [
  {
    client: 'Chromium',
    sees: "Console: Found an unsupported extension 'x-foo' in 'Sec-WebSocket-Extensions' header; Received invalid server_max_window_bits parameter; Received duplicate permessage-deflate response; header value is rejected by the parser. Then close 1006.",
  },
  {
    client: 'ws (Node)',
    sees: "'error': Server indicated an extension that was not requested, or Invalid Sec-WebSocket-Extensions header. Opens for `twice`.",
  },
  { client: 'Firefox', sees: "Can't establish a connection, for every kind that was tried." },
  { client: 'Python websockets 10', sees: 'NegotiationError: Unsupported extension, or InvalidHeaderFormat.' },
  { client: 'Go gorilla', sees: 'websocket: invalid compression negotiation for any permessage-deflate; opens for unknown names.' },
  { client: 'Python aiohttp, websocket-client', sees: 'Open in every case; the frames are judged later.' },
];

/** What clients say to an Upgrade of the 101 that is missing or wrong; measured. */
export const answerUpgradeEffects: readonly Effect[] = [
  {
    client: 'Chromium',
    sees: "Console: 'Upgrade' header is missing; 'Upgrade' header value is not 'WebSocket': h2c; must not appear more than once. Then close 1006.",
  },
  {
    client: 'ws (Node)',
    sees: "'error': Unexpected server response: 101 when it is missing, Invalid Upgrade header when it is wrong or double.",
  },
  { client: 'the WebSocket of Node 20', sees: 'No event at all when it is missing: it hangs.' },
  { client: 'Firefox', sees: "Can't establish a connection, close 1006; opens for two equal ones." },
  { client: 'WebKit', sees: 'Server ignored WebSocket handshake.' },
  { client: 'Python websockets 10', sees: 'InvalidUpgrade: empty Upgrade header, or invalid Upgrade header: h2c.' },
  {
    client: 'Go gorilla, aiohttp, websocket-client',
    sees: 'Refuse a missing or wrong one (bad handshake, Invalid upgrade header); open for two equal ones.',
  },
];

/** The same of Connection. */
export const answerConnectionEffects: readonly Effect[] = [
  {
    client: 'Chromium',
    sees: "Console: 'Connection' header is missing; 'Connection' header value must contain 'Upgrade'. Then close 1006. A list opens.",
  },
  { client: 'ws (Node)', sees: "'error': Unexpected server response: 101. A list opens." },
  { client: 'undici 7', sees: "'error' with an empty message, close 1006, also for a list." },
  {
    client: 'the WebSocket of Node 20',
    sees: 'No event at all when it is missing; Server did not set Connection header to "upgrade" for a list.',
  },
  { client: 'Firefox', sees: "Can't establish a connection, close 1006. A list opens." },
  { client: 'Python websockets 10', sees: 'InvalidUpgrade: empty Connection header, or invalid Connection header: close. A list opens.' },
  {
    client: 'faye-websocket, aiohttp, tornado',
    sees: "Refuse a list as well: 'Connection' header value is not 'Upgrade', Invalid connection header, Stream is closed.",
  },
  { client: 'Go gorilla', sees: 'websocket: bad handshake. A list opens.' },
];

/** What clients say to an accept value that is wrong or missing; measured. */
export const acceptEffects: readonly Effect[] = [
  {
    client: 'Chromium',
    sees: "Console: Incorrect 'Sec-WebSocket-Accept' header value; header is missing; must not appear more than once in a response. Then close 1006.",
  },
  { client: 'ws (Node)', sees: "'error': Invalid Sec-WebSocket-Accept header." },
  { client: 'undici 7', sees: "'error' with an empty message, close 1006." },
  { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
  { client: 'WebKit', sees: 'Server returned incorrect "Sec-WebSocket-Accept" key.' },
  {
    client: 'Python websockets 10',
    sees: 'InvalidHeaderValue: invalid Sec-WebSocket-Accept header, or InvalidHeader: missing Sec-WebSocket-Accept header.',
  },
  { client: 'Python aiohttp', sees: "WSServerHandshakeError: 101, message='Invalid challenge response'. Opens for `twice`." },
  { client: 'Go gorilla', sees: 'websocket: bad handshake. Opens for `twice`.' },
  { client: 'Tomcat 9 as the client', sees: 'Opens: it does not check the value.' },
];
