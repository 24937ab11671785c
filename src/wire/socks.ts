/** A SOCKS request read from the start of a connection (RFC 1928, and the SOCKS4a extension). */
export type SocksRequest =
  | { readonly type: 'more' }
  | { readonly type: 'bad'; readonly why: string }
  | { readonly type: 'connect'; readonly host: string; readonly port: number; readonly length: number };

/** SOCKS5 reply codes, RFC 1928 section 6. */
export const socks5Replies = {
  succeeded: 0,
  failure: 1,
  notAllowed: 2,
  networkUnreachable: 3,
  hostUnreachable: 4,
  refused: 5,
  ttlExpired: 6,
  badCommand: 7,
} as const;

const more = { type: 'more' } as const;
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * The greeting `05 n methods`: its length, and whether `no authentication` (0) and `user and password` (2) are offered; -1 while bytes are
 * missing.
 */
export const readSocks5Greeting = (
  bytes: Uint8Array,
): { readonly length: number; readonly anonymous: boolean; readonly password: boolean } => {
  const count = bytes[1];
  if (count === undefined || bytes.length < 2 + count) return { length: -1, anonymous: false, password: false };
  const methods = bytes.subarray(2, 2 + count);
  return { length: 2 + count, anonymous: methods.includes(0), password: methods.includes(2) };
};

/** User and password of RFC 1929, `01 n user n password`, latin1: length -1 while bytes are missing, 0 when they are something else. */
export const readSocks5Password = (bytes: Uint8Array): { readonly length: number; readonly user: string; readonly password: string } => {
  const none = { user: '', password: '' };
  if (bytes.length > 0 && bytes[0] !== 1) return { length: 0, ...none };
  const userEnd = 2 + (bytes[1] ?? 0);
  const length = userEnd + 1 + (bytes[userEnd] ?? 0);
  if (bytes.length < 2 || bytes.length <= userEnd || bytes.length < length) return { length: -1, ...none };
  return { length, user: latin1(bytes.subarray(2, userEnd)), password: latin1(bytes.subarray(userEnd + 1, length)) };
};

const portAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The request `05 01 00 type address port`. */
export const readSocks5Request = (bytes: Uint8Array): SocksRequest => {
  if (bytes.length < 5) return more;
  if (bytes[0] !== 5) return { type: 'bad', why: 'the SOCKS5 request does not start with 05' };
  if (bytes[1] !== 1) return { type: 'bad', why: `SOCKS5 command ${bytes[1]} is not CONNECT` };
  const kind = bytes[3];
  const size = kind === 1 ? 4 : kind === 4 ? 16 : kind === 3 ? 1 + (bytes[4] ?? 0) : 0;
  if (size === 0) return { type: 'bad', why: `SOCKS5 address type ${kind} is unknown` };
  const length = 4 + size + 2;
  if (bytes.length < length) return more;
  const address = bytes.subarray(4, 4 + size);
  const host = kind === 3 ? latin1(address.subarray(1)) : kind === 1 ? address.join('.') : ipv6Of(address);
  return { type: 'connect', host, port: portAt(bytes, 4 + size), length };
};

/** The request `04 01 port address user 00 [name 00]`. */
export const readSocks4Request = (bytes: Uint8Array): SocksRequest => {
  if (bytes.length < 9) return more;
  const user = bytes.indexOf(0, 8);
  if (user === -1) return bytes.length > 600 ? { type: 'bad', why: 'the SOCKS4 user name does not end' } : more;
  const address = bytes.subarray(4, 8);
  // SOCKS4a: 0.0.0.x with x not 0 says that a name follows.
  if (!(address[0] === 0 && address[1] === 0 && address[2] === 0 && address[3] !== 0)) {
    return { type: 'connect', host: address.join('.'), port: portAt(bytes, 2), length: user + 1 };
  }
  const end = bytes.indexOf(0, user + 1);
  if (end === -1) return bytes.length > 1200 ? { type: 'bad', why: 'the SOCKS4a host name does not end' } : more;
  return { type: 'connect', host: latin1(bytes.subarray(user + 1, end)), port: portAt(bytes, 2), length: end + 1 };
};

const ipv6Of = (bytes: Uint8Array): string => {
  const groups = Array.from({ length: 8 }, (_, i) => portAt(bytes, i * 2).toString(16));
  const zeros = /(?:^|:)0(?::0)+(?=:|$)/.exec(groups.join(':'))?.[0];
  return zeros
    ? groups
        .join(':')
        .replace(zeros, ':')
        .replace(/^:(?!:)/, '::')
        .replace(/([^:]):$/, '$1::')
    : groups.join(':');
};

/** `05 code 00 01 0.0.0.0:0`: the bound address is not told. */
export const socks5Reply = (code: number): Uint8Array => Uint8Array.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
/** `00 5a|5b` and six bytes that nobody reads. */
export const socks4Reply = (granted: boolean): Uint8Array => Uint8Array.of(0, granted ? 0x5a : 0x5b, 0, 0, 0, 0, 0, 0);
