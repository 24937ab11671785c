import type { Exchange } from '../model/exchange.js';
import { field, requestLine } from '../model/head.js';
import type { Target } from '../model/target.js';
import type { Route } from '../proxy/reverse-routes.js';

/** How the proxy was told to serve requests in origin form. */
export interface ReverseSetting {
  readonly routes: readonly Route[];
  readonly keepHost: boolean;
}

/**
 * The reverse mode that recorded exchanges need, so that their origin-form heads lead to the recorded targets again; null when none came in that
 * way. One entry for every path where the targets have that in common, else one for each path (of two targets of one path, the first).
 */
export const reverseOf = (exchanges: readonly Exchange[]): ReverseSetting | null => {
  const came = exchanges.flatMap((exchange) => {
    const { entrance, target, heads } = exchange;
    if (entrance !== 'reverse' || !target) return [];
    const asked = heads.clientSent ? requestLine(heads.clientSent).target : target.path;
    return [{ exchange, target, asked, base: baseOf(target, asked) }];
  });
  const [first] = came;
  if (!first) return null;
  const { heads } = first.exchange;
  const host = field(heads.clientSent ?? undefined, 'host');
  const keepHost = host !== undefined && host === field(heads.serverGot ?? undefined, 'host');
  const whole = came.every(({ target, base }) => base !== null && base === first.base && sameServer(target, first.target));
  if (whole) return { routes: [{ prefix: '', target: first.target, base: first.base }], keepHost };
  const routes = new Map<string, Route>();
  for (const { target, asked } of came) {
    const [prefix, base] = [bare(asked), bare(target.path)];
    if (!routes.has(prefix)) routes.set(prefix, { prefix, target, base });
  }
  return { routes: [...routes.values()], keepHost };
};

/** What the proxy put before the client's path: what the target's has more. Null: it is not the client's path with something before it. */
const baseOf = ({ path }: Target, asked: string): string | null =>
  path.endsWith(asked) ? path.slice(0, path.length - asked.length) : null;

const sameServer = (one: Target, other: Target): boolean =>
  one.host === other.host && one.port === other.port && /^(wss|https)$/.test(one.scheme) === /^(wss|https)$/.test(other.scheme);

const bare = (path: string): string => path.replace(/[?#].*$/, '').replace(/\/+$/, '');
