import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { field, requestLine } from '../model/head.js';
import type { Seen } from './evidence.js';
import { type Answer, hostField, splitHost } from './sights.js';

const complaint = /Invalid Host\/Origin header/;

/**
 * webpack-dev-server opens, complains in its first message about Host or Origin without saying which, and closes without a code (measured with
 * 5.2).
 */
export const devServerComplaint = ({ frames }: Exchange): Evidence | undefined => {
  const { firstBytes } = frames.fromServer;
  const offset = firstBytes.search(/\{"type":"error"/);
  if (offset === -1 || !complaint.test(firstBytes)) return undefined;
  return { leg: 'server', what: 'frames', text: firstBytes.slice(offset), offset };
};

/** webpack-dev-server and Vite always answer for addresses and for localhost: then it was not the Host. */
export const isLetIn = ({ head }: Seen): boolean => {
  const { hostname } = splitHost(field(head, hostField(head)) ?? '', false);
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname) || /(^|\.)localhost$/.test(hostname);
};

/**
 * Vite 6 and later take no page's handshake for their HMR socket without the token that they wrote into that page, and say no more than 400; a client
 * without an Origin needs none (read in its source, measured with 8.3).
 */
export const lacksViteToken = ({ status, body }: Answer, { head }: Seen): boolean =>
  status === 400 &&
  body === 'Bad Request' &&
  field(head, 'Sec-WebSocket-Protocol') === 'vite-hmr' &&
  field(head, 'Origin') !== undefined &&
  !/[?&]token=/.test(requestLine(head).target);
