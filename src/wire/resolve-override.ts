import { addressBytes } from './ip-address.js';
import { readAuthority } from './request-target.js';

/** One entry of `--resolve`: what takes the resolver's place for a name. `port` null is every port; `toPort` null is the port that was asked for. */
export interface ResolveOverride {
  /** Lower case, without a point at the end. */
  readonly host: string;
  readonly port: number | null;
  readonly address: string;
  readonly toPort: number | null;
  /** As it was given. */
  readonly text: string;
}

/** `HOST=ADDR`, `HOST:PORT=ADDR`, `HOST:PORT=ADDR:PORT`; an IPv6 address with a port stands in brackets. `why` ends a sentence that begins with the text. */
export const readOverride = (text: string): { readonly override: ResolveOverride } | { readonly why: string } => {
  const equals = text.indexOf('=');
  if (equals < 1) return { why: 'has no = between a host and an address' };
  const asked = readPlace(text.slice(0, equals));
  if (typeof asked === 'string') return { why: `begins with no host: ${asked}` };
  const given = readPlace(text.slice(equals + 1));
  if (typeof given === 'string' || addressBytes(given.host) === null) return { why: 'ends in no IPv4 or IPv6 address' };
  const host = asked.host.toLowerCase().replace(/\.$/, '');
  return { override: { host, port: asked.port, address: given.host, toPort: given.port, text } };
};

const readPlace = (text: string): { readonly host: string; readonly port: number | null } | string => {
  if (text.includes(':') && addressBytes(text) !== null) return { host: text, port: null };
  const place = readAuthority(text, 1);
  if (place.form !== 'authority') return place.form === 'bad' ? place.why : text;
  return { host: place.host, port: /:\d+$/.test(text) ? place.port : null };
};

/** The entries for a place; those that name its port come in place of those that name none. */
export const overridesOf = (
  overrides: readonly ResolveOverride[],
  place: { readonly host: string; readonly port: number },
): readonly ResolveOverride[] => {
  const host = place.host.toLowerCase().replace(/\.$/, '');
  const mine = overrides.filter((override) => override.host === host);
  const exact = mine.filter(({ port }) => port === place.port);
  return exact.length > 0 ? exact : mine.filter(({ port }) => port === null);
};
