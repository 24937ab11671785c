import type { Exchange } from '../model/exchange.js';
import type { Evidence } from '../model/finding.js';
import { type Answer, contentType } from './sights.js';

/** As it is, or in one chunk. */
const page = /^(e\r?\n)?Page not found(\r?\n0?\s*)?$/i;

/**
 * Action Cable says this to an Origin that is not on its list, or to none, and to what is no handshake; the router of Rails has pages of its own
 * for paths that it does not know (`respond_to_invalid_request`, Rails 5 to 8; measured with 6.1).
 */
export const isActionCableRefusal = ({ status, head, body }: Answer): boolean =>
  status === 404 && page.test(body) && contentType(head).startsWith('text/plain');

const disconnect = /^[^{]{2,4}\{"type":"disconnect","reason":"(\w{1,40})"/;

/** Action Cable opens, says why in its first message, and closes with 1000: `reject_unauthorized_connection` does (measured with Rails 6.1). */
export const actionCableGoodbye = ({ frames }: Exchange): { readonly reason: string; readonly evidence: Evidence } | undefined => {
  const { firstBytes } = frames.fromServer;
  const reason = disconnect.exec(firstBytes)?.[1];
  if (reason === undefined) return undefined;
  const offset = firstBytes.indexOf('{');
  return { reason, evidence: { leg: 'server', what: 'frames', text: firstBytes.slice(offset), offset } };
};
