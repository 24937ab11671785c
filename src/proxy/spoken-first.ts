import type { Head } from '../model/head.js';
import type { Target } from '../model/target.js';
import { findHeadEnd, parseHead } from '../wire/http-head.js';
import { isHandshake } from '../wire/upgrade.js';
import type { Tap } from './tap.js';

/** What is kept of the words of a server that speaks first, characters: a banner, or the SETTINGS of HTTP/2. */
const mostSaid = 1024;

/**
 * The tap of a tunnel in which the server speaks first (SSH, SMTP, HTTP/2 in the clear): such a tunnel is relayed as it comes. Where the client
 * asks for a WebSocket in it all the same, the exchange is that handshake, and what the server said stands where the answer was due.
 */
export const hearHandshake = (tap: Tap, targetOf: (head: Head) => Target): Tap => {
  let said = '';
  let heard = false;
  let asked = false;
  let told = false;
  const tell = (): void => {
    if (!asked || told || said === '') return;
    told = true;
    tap.emit({ type: 'not-a-head', site: 'serverSent', raw: said, why: 'unknown-bytes' });
  };
  return {
    ...tap,
    bytes: (from, chunk) => {
      if (from === 'server') {
        if (!told) said = (said + Buffer.from(chunk.subarray(0, mostSaid)).toString('latin1')).slice(0, mostSaid);
        tap.bytes(from, chunk);
        return tell();
      }
      const end = heard ? 0 : findHeadEnd(chunk);
      heard = true;
      const head = end > 0 ? parseHead(Buffer.from(chunk.subarray(0, end)).toString('latin1'), 'request') : null;
      if (!head || !isHandshake(head)) return tap.bytes(from, chunk);
      asked = true;
      tap.emit({ type: 'target', target: targetOf(head), kind: 'websocket' });
      tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
      tap.emit({ type: 'head', site: 'serverGot', sameAs: 'clientSent' });
      if (end < chunk.length) tap.bytes(from, chunk.subarray(end));
      tell();
    },
  };
};
