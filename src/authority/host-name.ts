import { isIP } from 'node:net';

/** A name that a certificate may carry. Addresses go into iPAddress, never into dNSName (RFC 9525 section 6.4). */
export interface CertificateName {
  readonly type: 'dns' | 'ip';
  readonly value: string;
}

/** RFC 1035 section 2.3.4 without the dots that end a name on the wire. */
const longestName = 253;
// Underscores are no host names by RFC 952, but Docker Compose and Kubernetes hand them out, and OpenSSL and browsers match them.
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

const isDnsName = (name: string): boolean => name.length <= longestName && name.split('.').every((part) => label.test(part));

/** IPv6 without brackets, in the short form of RFC 5952. */
const address = (text: string): string | null => {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const family = isIP(bare);
  if (family === 4) return bare;
  // A zone (`fe80::1%eth0`) means something on one machine only, so no certificate can carry it.
  return family === 6 && !bare.includes('%') ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : null;
};

/** The name of a host as it came from CONNECT, SOCKS or SNI, in lower case; null when no certificate can be made for it. */
export const certificateName = (host: string): CertificateName | null => {
  if (host.length === 0 || host.length > longestName + 1) return null;
  const ip = address(host);
  if (ip) return { type: 'ip', value: ip };
  const name = host.toLowerCase().replace(/\.$/, '');
  return isDnsName(name) ? { type: 'dns', value: name } : null;
};

/** As `certificateName`, for a name that another certificate carries: those may also be wildcards. */
export const copiedName = (name: string): CertificateName | null => {
  if (!name.startsWith('*.')) return certificateName(name);
  const rest = certificateName(name.slice(2));
  return rest?.type === 'dns' && rest.value.length <= longestName - 2 ? { type: 'dns', value: `*.${rest.value}` } : null;
};
