import { authorityOf, type Target } from '../model/target.js';
import type { ClientHelloFacts, TlsFailure } from '../model/tls-facts.js';
import type { UpstreamProxy } from '../model/upstream.js';
import { dial } from './dial.js';
import { dialRefusal } from './entrances/dial-refusal.js';
import { faultStage } from './fault-stage.js';
import { isInsecure } from './insecure.js';
import type { Refusal } from './refuse.js';
import type { River } from './river.js';
import { hasCertificate, secureServer } from './server-tls.js';
import { destroySide, type Side } from './side.js';
import type { Tap } from './tap.js';
import type { Errand } from './upstream/way.js';

export type Reached = { readonly side: Side; readonly proxy: UpstreamProxy | null } | { readonly refusal: Refusal };

export interface Goal extends Pick<Errand, 'head' | 'absolute' | 'client' | 'chosen'> {
  readonly target: Target;
  readonly hello?: ClientHelloFacts;
  readonly shown?: boolean;
}

/**
 * A connection to a target for a client that we cannot show a certificate (it speaks plain HTTP to us, or its TLS is done already):
 * what fails here becomes an answer that explains itself. `head`: the client's own CONNECT, told to an http upstream proxy once more. `absolute`:
 * a plain request for http may go to such a proxy in absolute form, on a connection that ends there (`proxy`). `chosen`: see Errand.
 * `shown`: the client saw this server's certificate as good or bad as it is, and went on.
 */
export const reach = async (river: River, tap: Tap, to: Goal): Promise<Reached> => {
  const { target, hello: given, shown = false, ...errand } = to;
  const { host, port } = target;
  const dialled = await dial(river, tap, { ...errand, host, port, absolute: errand.absolute === true && target.scheme === 'http' });
  if ('failure' in dialled) return { refusal: dialRefusal(target, dialled) };
  const secure = target.scheme === 'wss' || target.scheme === 'https';
  const sni = given ? given.sni : target.host;
  const plan = {
    ...{ secure, sni: secure ? sni : null, alpn: secure ? ['http/1.1'] : [] },
    ...(secure && { certificate: hasCertificate(river, host, sni) }),
  };
  const change = faultStage(river, tap, { stage: 'server-tls', input: plan, target });
  if (!(change?.secure ?? secure)) return dialled;
  const hello = given ?? { sni: target.host, alpn: ['http/1.1'], versions: [] };
  // What follows is written as HTTP/1.1, whatever else the client knows.
  const alpn = hello.alpn.length > 0 ? ['http/1.1'] : [];
  const secured = await secureServer(river, tap, { side: dialled.side, host: target.host, hello, alpn, change });
  if ('failure' in secured) {
    return { refusal: tlsRefusal(target, secured.failure) };
  }
  if (secured.facts.authorized || shown || isInsecure(river, target.host)) return { side: secured.side, proxy: null };
  destroySide(secured.side);
  return {
    refusal: {
      status: 502,
      why: 'server-tls',
      text: `shakedown: the certificate of ${authorityOf(target)} does not verify (${secured.facts.error ?? 'unknown'}). Mend it, trust its CA with --upstream-ca FILE, or accept it with --insecure=${target.host}.`,
    },
  };
};

const tlsRefusal = (target: Target, { message, code }: TlsFailure): Refusal => ({
  status: 502,
  why: 'server-tls',
  text: `shakedown: the TLS handshake with ${authorityOf(target)} failed: ${message} (${code}). Does that port speak TLS at all?`,
});

/** A server that stands, without TLS: a fault may speak TLS to it all the same. */
export const secureAnyway = async (
  river: River,
  tap: Tap,
  { server, target }: { readonly server: Side; readonly target: Target },
): Promise<Reached> => {
  if (target.scheme === 'wss' || target.scheme === 'https') return { side: server, proxy: null };
  const change = faultStage(river, tap, { stage: 'server-tls', input: { secure: false, sni: null, alpn: [] }, target });
  if (!change?.secure) return { side: server, proxy: null };
  const hello = { sni: target.host, alpn: [], versions: [] };
  const secured = await secureServer(river, tap, { side: server, host: target.host, hello, alpn: [], change });
  if ('failure' in secured) return { refusal: tlsRefusal(target, secured.failure) };
  return { side: secured.side, proxy: null };
};
