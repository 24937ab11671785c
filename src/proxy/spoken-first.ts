import type { Head } from '../model/head.js';
import type { Target } from '../model/target.js';
import { findClientHelloEnd, readClientHello } from '../wire/client-hello.js';
import { findHeadEnd, parseHead } from '../wire/http-head.js';
import { isHandshake } from '../wire/upgrade.js';
import type { Tap } from './tap.js';

/** What is kept of the words of a server that speaks first, characters: a banner, or the SETTINGS of HTTP/2. */
const mostSaid = 1024;

interface Heard {
  /** Of a client that asks for a WebSocket. */
  readonly targetOf: (head: Head) => Target;
  /** Of one that begins TLS. */
  readonly secure: Target;
}

/**
 * The tap of a tunnel in which the server speaks first (SSH, SMTP, HTTP/2 in the clear): such a tunnel is relayed as it comes. Where the client
 * begins TLS in it, or asks for a WebSocket, all the same, the exchange is that, and what the server said stands where its answer was due.
 */
export const hearAfterServer = (tap: Tap, { targetOf, secure }: Heard): Tap => {
  let said = '';
  let heard = false;
  /** Tells what the server's words were in answer to; null while the client has not asked, and once it is told. */
  let tell: (() => void) | null = null;
  const told = (): void => {
    if (tell === null || said === '') return;
    tell();
    tell = null;
  };
  const hello = (chunk: Uint8Array): void => {
    const facts = readClientHello(chunk);
    tap.emit({ type: 'target', target: secure, kind: 'unknown' });
    tap.emit({ type: 'client-hello', hello: facts });
    const failure = {
      code: 'SHK_NO_TLS',
      message: 'the server spoke before the ClientHello, and no TLS',
      alert: null,
      chain: [],
      sni: facts.sni,
    };
    tell = () => tap.emit({ type: 'tls-failed', leg: 'server', failure: { ...failure, firstBytes: said.slice(0, 64) } });
  };
  const handshake = (head: Head): void => {
    tap.emit({ type: 'target', target: targetOf(head), kind: 'websocket' });
    tap.emit({ type: 'head', site: 'clientSent', raw: head.raw });
    tap.emit({ type: 'head', site: 'serverGot', sameAs: 'clientSent' });
    tell = () => tap.emit({ type: 'not-a-head', site: 'serverSent', raw: said, why: 'unknown-bytes' });
  };
  /** How many bytes at the beginning of the client's first words are on record as something else. */
  const understand = (chunk: Uint8Array): number => {
    if (findClientHelloEnd(chunk) > 0) {
      hello(chunk);
      return 0;
    }
    const end = findHeadEnd(chunk);
    const head = end > 0 ? parseHead(Buffer.from(chunk.subarray(0, end)).toString('latin1'), 'request') : null;
    if (!head || !isHandshake(head)) return 0;
    handshake(head);
    return end;
  };
  return {
    ...tap,
    bytes: (from, chunk) => {
      const first = from === 'client' && !heard;
      if (from === 'client') heard = true;
      else if (said.length < mostSaid) said = (said + Buffer.from(chunk.subarray(0, mostSaid)).toString('latin1')).slice(0, mostSaid);
      const known = first ? understand(chunk) : 0;
      if (known < chunk.length) tap.bytes(from, chunk.subarray(known));
      told();
    },
  };
};
