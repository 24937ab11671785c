import { authorityOf } from '../../model/target.js';
import { type UpstreamAddress, upstreamUrl } from '../../model/upstream.js';
import { socks5Replies } from '../../wire/socks.js';
import { wantsSocksCredentials } from '../../wire/socks-client.js';
import type { Refusal } from '../refuse.js';
import type { NoWay, UpstreamAnswer } from './way.js';

type Place = { readonly host: string; readonly port: number };

const credentialsAdvice = ({ scheme, host, port }: UpstreamAddress): string =>
  `Put the credentials into its URL: --upstream-proxy ${scheme}://USER:PASSWORD@${authorityOf({ host, port })}`;

const advice = (proxy: UpstreamAddress, { outcome, status, reply }: UpstreamAnswer, { host }: Place): string => {
  if (outcome === 'timeout') return 'Check that it runs, and that it can reach the server';
  if (outcome === 'malformed') return 'Check its port, and whether it is an http, https or socks5 proxy';
  if (outcome === 'closed' || outcome === 'reset') return 'Check that it runs and is the kind of proxy that --upstream-proxy says';
  if (proxy.scheme === 'socks5' ? wantsSocksCredentials(reply) : status === 407) return credentialsAdvice(proxy);
  return `Let it connect to that host and port, or go around it with --no-proxy ${host}`;
};

/** What a client is told when the way through the upstream proxy did not open; undefined when that is not the reason. */
export const upstreamRefusal = (place: Place, { failure, trouble }: NoWay): Refusal | undefined => {
  if (!trouble || failure.code === 'SHK_LOOP') return undefined;
  const { proxy, answer } = trouble;
  const named = `the upstream proxy ${upstreamUrl(proxy)}`;
  const text = answer
    ? `shakedown: ${named} was asked for ${authorityOf(place)}: ${answer.why}. ${advice(proxy, answer, place)}.`
    : failure.code === 'SHK_UPSTREAM'
      ? `shakedown: ${failure.message}.`
      : `shakedown: could not connect to ${named}: ${failure.message} (${failure.code}). Start it, or check --upstream-proxy.`;
  return { status: answer?.outcome === 'timeout' ? 504 : 502, why: 'upstream-proxy', text };
};

/** The reply to a SOCKS5 client: the upstream proxy's own where it speaks SOCKS5 too. */
export const socksReplyOf = ({ proxy, answer }: NonNullable<NoWay['trouble']>): number => {
  const status = answer?.status ?? null;
  if (proxy.scheme === 'socks5' && status !== null && status > 0) return status;
  if (status === 403 || status === 405) return socks5Replies.notAllowed;
  if (status === 502 || status === 503) return socks5Replies.hostUnreachable;
  return status === 504 || answer?.outcome === 'timeout' ? socks5Replies.ttlExpired : socks5Replies.failure;
};
