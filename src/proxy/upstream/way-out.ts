import type { UpstreamAddress, UpstreamProxy } from '../../model/upstream.js';
import { isExcepted, type ProxyException } from '../../wire/no-proxy.js';
import type { ResolveOverride } from '../../wire/resolve-override.js';

/** How the server leg leaves this machine; plain data. */
export interface WayOut {
  /** Null: straight to the server. The proxy variables of the environment are never read (threats.md T06). */
  readonly upstream: UpstreamProxy | null;
  /** Places that are reached without it. */
  readonly exceptions: readonly ProxyException[];
  /** What takes the resolver's place. */
  readonly resolve: readonly ResolveOverride[];
}

export const straightOut: WayOut = { upstream: null, exceptions: [], resolve: [] };

/** The upstream proxy for a place; null when it is reached without one. */
export const upstreamFor = (
  { upstream, exceptions }: WayOut,
  place: { readonly host: string; readonly port: number },
): UpstreamProxy | null => (upstream !== null && !isExcepted(exceptions, place) ? upstream : null);

/** What of a proxy may be recorded and shown. */
export const addressOf = ({ scheme, host, port }: UpstreamProxy): UpstreamAddress => ({ scheme, host, port });
