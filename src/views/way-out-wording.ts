import type { Exchange } from '../model/exchange.js';
import { type UpstreamTalk, upstreamUrl } from '../model/upstream.js';
import { hexOf } from '../wire/hex.js';
import { tlsOf } from './tls-wording.js';
import { duration } from './wording.js';

/** `http://proxy.example:3128: it answered 403 Forbidden`. */
export const upstreamOf = ({ proxy, outcome, why }: UpstreamTalk): string => {
  if (outcome === 'ok') return `${upstreamUrl(proxy)} opened the way: ${why}`;
  return `${upstreamUrl(proxy)}${why === '' ? '' : `: ${why}`}`;
};

/** What was said to an upstream proxy or what it answered, as lines; the bytes of SOCKS5 as hex. */
export const talkLines = ({ proxy }: UpstreamTalk, said: string): readonly string[] => {
  if (said === '') return [];
  return proxy.scheme === 'socks5' ? [hexOf(said)] : said.replace(/[\r\n]+$/, '').split(/\r?\n/);
};

/** TLS to an https upstream proxy in a line; null for the other kinds, and before it began. */
export const upstreamTlsOf = ({ tls, tlsFailure }: UpstreamTalk): string | null => {
  if (tls) return tlsOf({ tls });
  return tlsFailure ? tlsOf({ tlsFailure }) : null;
};

/** What else is worth a word about how the server leg was dialled: `--resolve`, and addresses that were tried in vain. */
export const dialNotes = ({ resolveOverride, dialAttempts }: Pick<Exchange, 'resolveOverride' | 'dialAttempts'>): readonly string[] => [
  ...(resolveOverride.length > 0 ? [`the address is that of --resolve ${resolveOverride.join(', ')}`] : []),
  ...dialAttempts.map(
    ({ address, code, ms }) =>
      `${address} ${code === 'SHK_OUTRUN' ? 'was outrun by another address' : `failed: ${code}`} after ${duration(ms)}`,
  ),
];
