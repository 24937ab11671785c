import { isIP } from 'node:net';
import type { EventBody } from '../../model/event.js';
import { type UpstreamProxy, upstreamUrl } from '../../model/upstream.js';
import { isInsecure } from '../insecure.js';
import { limits } from '../limits.js';
import type { River } from '../river.js';
import { secureServer } from '../server-tls.js';
import { destroySide, type Side } from '../side.js';
import type { Tap } from '../tap.js';
import { within } from '../within.js';
import { askByConnect } from './connect-talk.js';
import { askBySocks } from './socks-talk.js';
import type { Errand, NoWay, UpstreamAnswer, Way } from './way.js';
import { addressOf } from './way-out.js';

interface Visit {
  readonly proxy: UpstreamProxy;
  readonly errand: Errand;
  readonly side: Side;
}

/** From an open connection to an upstream proxy to one to the server: TLS to the proxy where it is due, then CONNECT or SOCKS5. */
export const goThrough = async (river: River, tap: Tap, visit: Visit): Promise<Way | NoWay> => {
  const { proxy, errand } = visit;
  const told = new Map<EventBody['type'], EventBody>();
  const noting: Tap = {
    ...tap,
    emit: (body) => {
      told.set(body.type, body);
      tap.emit(body);
    },
  };
  const refuse = (why: string, answer: UpstreamAnswer | null): NoWay => ({
    failure: { code: 'SHK_UPSTREAM', message: `the upstream proxy ${upstreamUrl(proxy)}: ${why}`, attempts: [] },
    trouble: { proxy: addressOf(proxy), answer },
  });
  const secured = proxy.scheme === 'https' && !errand.kept ? await secureProxy(river, noting, visit) : visit;
  if ('why' in secured) return refuse(secured.why, null);
  const { side } = secured;
  if (errand.absolute && proxy.scheme !== 'socks5') return { side, facts: [...told.values()], reply: null, proxy };
  const talk = { proxy, errand, side, waitMs: () => within(river, limits.upstreamMs) };
  const answer = proxy.scheme === 'socks5' ? await askBySocks(noting, talk) : await askByConnect(noting, talk);
  if (answer.outcome !== 'ok') return refuse(answer.why, answer);
  const ownReply = errand.head && proxy.scheme !== 'socks5' ? answer.reply : null;
  return { side, facts: [...told.values()], reply: ownReply, proxy: null };
};

/** TLS to the proxy itself, told as such: the facts of the server leg are those of the server behind it. */
const secureProxy = async (river: River, tap: Tap, { proxy, side }: Visit): Promise<{ readonly side: Side } | { readonly why: string }> => {
  const apart: Tap = {
    ...tap,
    emit: (body) => {
      if (body.type === 'tls') tap.emit({ type: 'upstream-tls', tls: body.tls });
      else if (body.type === 'tls-failed') tap.emit({ type: 'upstream-tls-failed', failure: body.failure });
      else if (body.type !== 'tls-start') tap.emit(body);
    },
  };
  const hello = { sni: isIP(proxy.host) ? null : proxy.host, alpn: [], versions: [] };
  const secured = await secureServer(river, apart, { side, host: proxy.host, hello, alpn: [] });
  if ('failure' in secured) {
    const { code, message } = secured.failure;
    return { why: `the TLS handshake with it failed: ${message} (${code}). An https proxy speaks TLS itself; is it an http one?` };
  }
  if (secured.facts.authorized || isInsecure(river, proxy.host)) return { side: secured.side };
  destroySide(secured.side);
  return {
    why: `its certificate does not verify (${secured.facts.error ?? 'unknown'}). Trust its CA with --upstream-ca FILE, or accept it with --insecure=${proxy.host}`,
  };
};
