import type { Exchange, NotAHead } from '../model/exchange.js';
import { type Head, isHttp2 } from '../model/head.js';
import type { HeadRow } from './head-diff.js';
import { tlsFailureOf } from './tls-wording.js';
import { count } from './wording.js';

const nothingWords: Record<NotAHead['why'], string> = {
  'unknown-bytes': 'bytes that are no head',
  'too-large': 'a head over the limit',
  truncated: 'a head that was cut short',
  timeout: 'a head that was not finished in time',
};

/** What stands in place of a head: the bytes that came and are none, or why nothing came. */
export const oddBytes = (odd: NotAHead | undefined, otherwise: string): string =>
  odd ? `(${nothingWords[odd.why]}: ${odd.raw.slice(0, 500)})` : `(${otherwise})`;

/** What happened to a head on its way: `unchanged`, `2 changes`. */
export const changesOf = (rows: readonly HeadRow[], from: Head, to: Head): string => {
  if (isHttp2(from) !== isHttp2(to)) return `translated to ${isHttp2(to) ? 'HTTP/2' : 'HTTP/1.1'}`;
  const changed = rows.filter(({ mark }) => mark !== '=').length;
  return changed === 0 ? 'unchanged' : count(changed, 'change');
};

/** Why the client has no answer of the server's. */
export const ownAnswerOf = ({ refusal }: Pick<Exchange, 'refusal'>): string =>
  refusal ? `shakedown answered ${refusal.status} itself: ${refusal.text}` : 'the client got no answer';

/** Why the server gave no answer. */
export const noAnswerOf = ({ dialFailure, server, upstream }: Exchange): string => {
  if (dialFailure) return `no connection to the ${upstream ? 'upstream proxy' : 'server'}: ${dialFailure.code} ${dialFailure.message}`;
  return server?.tlsFailure ? tlsFailureOf(server.tlsFailure) : 'the server gave no answer';
};
