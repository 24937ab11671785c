import { addressBytes, samePrefix, unmapped } from './ip-address.js';

/** One host, or set of hosts, that is reached without the upstream proxy; `port` null is every port. */
export type ProxyException =
  | { readonly type: 'all'; readonly port: number | null }
  | { readonly type: 'host'; readonly host: string; readonly port: number | null }
  /** Every name that ends in `suffix`, which begins with a point; not the bare domain. */
  | { readonly type: 'suffix'; readonly suffix: string; readonly port: number | null }
  /** Addresses of one network, the bytes of its address and the length of its prefix. */
  | { readonly type: 'network'; readonly bytes: readonly number[]; readonly bits: number; readonly port: number | null };

export type ReadException = { readonly exception: ProxyException } | { readonly why: string };

/**
 * One entry of a list as NO_PROXY has it: `app.example`, `.example` and `*.example`, `*`, `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`, each with
 * `:port` behind it if need be (an IPv6 address with a port stands in brackets).
 */
export const readException = (text: string): ReadException => {
  const [, bracketed, bare, digits] = /^(?:\[([^\]]*)\]|([^[\]]*?))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const wholeIsAddress = addressBytes(text.replace(/\/.*$/, '')) !== null;
  const name = (wholeIsAddress ? text : (bracketed ?? bare ?? '')).toLowerCase().replace(/\.$/, '');
  const port = wholeIsAddress || digits === undefined ? null : Number(digits);
  const bad = (why: string): ReadException => ({ why: `${JSON.stringify(text)} ${why}` });
  if (port !== null && (port < 1 || port > 65_535)) return bad('names a port that is not within 1 to 65535');
  if (name === '*') return { exception: { type: 'all', port } };
  const slash = name.indexOf('/');
  const address = addressBytes(slash === -1 ? name : name.slice(0, slash));
  if (address) {
    const most = address.length * 8;
    const bits = slash === -1 ? String(most) : name.slice(slash + 1);
    if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return bad(`has no prefix length from 0 to ${most} behind the slash`);
    return { exception: { type: 'network', bytes: [...address], bits: Number(bits), port } };
  }
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  // Underscores are no host names by RFC 952, but Docker and Kubernetes hand them out.
  if (!/^\.?[a-z0-9_\u0080-\uffff-]+(\.[a-z0-9_\u0080-\uffff-]+)*$/.test(suffix)) return bad('is no host name, address or network');
  return { exception: suffix.startsWith('.') ? { type: 'suffix', suffix, port } : { type: 'host', host: suffix, port } };
};

/** Whether a place is one of the exceptions. Names are not resolved: an address matches an address only. */
export const isExcepted = (exceptions: readonly ProxyException[], place: { readonly host: string; readonly port: number }): boolean => {
  const host = place.host.toLowerCase().replace(/\.$/, '');
  const address = addressBytes(host);
  return exceptions.some((exception) => {
    if (exception.port !== null && exception.port !== place.port) return false;
    if (exception.type === 'all') return true;
    if (exception.type === 'host') return exception.host === host;
    if (exception.type === 'suffix') return host.endsWith(exception.suffix) && host.length > exception.suffix.length;
    return address !== null && inNetwork(address, exception);
  });
};

const inNetwork = (address: Uint8Array, { bytes, bits }: { readonly bytes: readonly number[]; readonly bits: number }): boolean => {
  const network = Uint8Array.from(bytes);
  if (samePrefix(address, network, bits)) return true;
  const [short, shortNetwork] = [unmapped(address), unmapped(network)];
  if (short.length !== 4 || shortNetwork.length !== 4 || short.length === address.length) return false;
  return samePrefix(short, shortNetwork, bits - (network.length === 16 ? 96 : 0));
};
