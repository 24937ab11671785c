import { BlockList, isIP } from 'node:net';

/** Without the IPv4-in-IPv6 spelling of a dual-stack socket (RFC 4291 section 2.5.5.2), and without a zone. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');

/** An address that only this machine can have as its peer. */
export const isLoopbackAddress = (address: string): boolean => {
  const plain = plainAddress(address);
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
};

/** One address or network of a list, or null when the text is none. */
export const readNetwork = (text: string): { readonly address: string; readonly bits: number; readonly family: 'ipv4' | 'ipv6' } | null => {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  // A zone would be ignored: the list would let in more than it says.
  if (version === 0 || address.includes('%') || more !== undefined) return null;
  const most = version === 4 ? 32 : 128;
  const wanted = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.POSITIVE_INFINITY;
  return wanted <= most ? { address, bits: wanted, family: version === 4 ? 'ipv4' : 'ipv6' } : null;
};

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address is in one of these networks. What is no network counts as none. */
export const networkList = (networks: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const text of networks) {
    const network = readNetwork(text);
    if (network) list.addSubnet(network.address, network.bits, network.family);
  }
  return (address) => {
    const plain = plainAddress(address);
    return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
  };
};

/**
 * Networks that lead to this machine, its link or its private network, from the IANA registries of special-purpose addresses (RFC 6890): also the
 * "this network" that Linux takes for loopback, the carriers' 100.64.0.0/10 and 192.0.0.0/24, in which clouds keep metadata services too.
 */
const private4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '255.255.255.255/32'],
];
const private6 = ['::/96', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'];

/** The IPv6 spellings that a network translates into IPv4: mapped, NAT64 (RFC 6052). */
const translated = private4.flatMap((text) => {
  const [address = '', bits = ''] = text.split('/');
  return [`::ffff:${address}/${96 + Number(bits)}`, `64:ff9b::${address}/${96 + Number(bits)}`];
});
/** 6to4 (RFC 3056) carries the IPv4 address behind its first 16 bits. */
const tunnelled = private4.map((text) => {
  const [address = '', bits = ''] = text.split('/');
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `2002:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}::/${16 + Number(bits)}`;
});

/** Loopback, link-local (the metadata service of a cloud among it) and private addresses, in every spelling. */
export const isPrivateAddress = networkList([...private4, ...private6, ...translated, ...tunnelled]);
