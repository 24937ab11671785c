import type { Exchange } from '../model/exchange.js';
import { field, requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';

/** How the proxy was told to serve requests in origin form. */
export interface ReverseSetting {
  readonly target: Target;
  readonly keepHost: boolean;
}

/**
 * The reverse mode that a recorded exchange needs, so that its origin-form head leads to the recorded target again; null when it came in another
 * way. The path that the proxy put before the client's is what the target's has more.
 */
export const reverseOf = ({ entrance, target, heads }: Exchange): ReverseSetting | null => {
  if (entrance !== 'reverse' || !target) return null;
  const asked = heads.clientSent ? requestLine(heads.clientSent).target : target.path;
  const base = target.path.endsWith(asked) ? target.path.slice(0, target.path.length - asked.length) : '';
  const host = field(heads.clientSent ?? undefined, 'host');
  return {
    target: { ...target, path: base === '' ? '/' : base },
    keepHost: host !== undefined && host === field(heads.serverGot ?? undefined, 'host'),
  };
};
