import type { Exchange } from '../model/exchange.js';
import { requestLine } from '../model/head.js';

/** The plain HTTP requests with which libraries prepare a WebSocket, by path and query; each may also be an OPTIONS in front of it. */
const preparations: readonly { readonly of: string; readonly path: RegExp }[] = [
  { of: 'SignalR negotiation', path: /\/negotiate(\?.*)?$/ },
  { of: 'Socket.IO polling', path: /[?&]EIO=\d.*[?&]?transport=polling|transport=polling.*EIO=\d/ },
  { of: 'SockJS info', path: /\/info(\?t=\d+)?$/ },
];

/** What this request prepares; undefined: nothing that is known. */
export const preparationOf = ({ kind, heads }: Exchange): string | undefined => {
  if (kind !== 'http' || !heads.clientSent) return undefined;
  const { target } = requestLine(heads.clientSent);
  return preparations.find(({ path }) => path.test(target))?.of;
};
