import { authorityOf, type Target } from '../model/target.js';
import type { ClientHelloFacts } from '../model/tls-facts.js';
import { dial } from './dial.js';
import { dialRefusal } from './entrances/dial-refusal.js';
import type { Refusal } from './refuse.js';
import type { River } from './river.js';
import { secureServer } from './server-tls.js';
import { destroySide, type Side } from './side.js';
import type { Tap } from './tap.js';

export type Reached = { readonly side: Side } | { readonly refusal: Refusal };

/** True when the user accepts this host's bad certificate. */
export const isInsecure = (river: River, host: string): boolean =>
  river.options.insecure.some((name) => name === '*' || name.toLowerCase() === host.toLowerCase());

/**
 * A connection to a target for a client that we cannot show a certificate (it speaks plain HTTP to us, or its TLS is done already):
 * what fails here becomes an answer that explains itself. `shown`: the client saw this server's certificate as good or bad as it is, and went on.
 */
export const reach = async (
  river: River,
  tap: Tap,
  to: { readonly target: Target; readonly hello?: ClientHelloFacts; readonly shown?: boolean },
): Promise<Reached> => {
  const { target } = to;
  const dialled = await dial(river, tap, target);
  if ('failure' in dialled) return { refusal: dialRefusal(authorityOf(target), dialled.failure) };
  if (target.scheme !== 'wss' && target.scheme !== 'https') return dialled;
  const hello = to.hello ?? { sni: target.host, alpn: ['http/1.1'], versions: [] };
  // What follows is written as HTTP/1.1, whatever else the client knows.
  const alpn = hello.alpn.length > 0 ? ['http/1.1'] : [];
  const secured = await secureServer(river, tap, { side: dialled.side, host: target.host, hello, alpn });
  if ('failure' in secured) {
    return {
      refusal: {
        status: 502,
        why: 'server-tls',
        text: `shakedown: the TLS handshake with ${authorityOf(target)} failed: ${secured.failure.message} (${secured.failure.code}). Does that port speak TLS at all?`,
      },
    };
  }
  if (secured.facts.authorized || to.shown || isInsecure(river, target.host)) return { side: secured.side };
  destroySide(secured.side);
  return {
    refusal: {
      status: 502,
      why: 'server-tls',
      text: `shakedown: the certificate of ${authorityOf(target)} does not verify (${secured.facts.error ?? 'unknown'}). Mend it, trust its CA with --upstream-ca FILE, or accept it with --insecure=${target.host}.`,
    },
  };
};
