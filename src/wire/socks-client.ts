import type { UpstreamProxy } from '../model/upstream.js';
import { addressBytes } from './ip-address.js';

/*
 * The client's half of SOCKS5 (RFC 1928), for an upstream proxy. Readers get all bytes of one message so far and say how long it is: -1
 * while bytes are missing, 0 when this is no SOCKS5.
 */

/** `05 n methods`: no authentication (0), and user name with password (2) where there are some. */
export const socksGreeting = (withCredentials: boolean): Uint8Array => Uint8Array.from(withCredentials ? [5, 2, 0, 2] : [5, 1, 0]);

/** RFC 1929: `01 length user length password`. */
export const socksCredentials = ({ user, password }: NonNullable<UpstreamProxy['credentials']>): Uint8Array => {
  const [name, word] = [Buffer.from(user, 'utf8'), Buffer.from(password, 'utf8')];
  return Buffer.concat([Buffer.of(1, name.length), name, Buffer.of(word.length), word]);
};

/** `05 01 00 type address port`: CONNECT. A name is given as a name, so that the proxy resolves it. */
export const socksConnect = ({ host, port }: { readonly host: string; readonly port: number }): Uint8Array => {
  const address = addressBytes(host);
  const name = Buffer.from(host, 'utf8');
  const place = address
    ? Buffer.concat([Buffer.of(address.length === 4 ? 1 : 4), address])
    : Buffer.concat([Buffer.of(3, name.length), name]);
  return Buffer.concat([Buffer.of(5, 1, 0), place, Buffer.of(port >> 8, port & 0xff)]);
};

/** The method that was chosen: `05 method`, where ff is none of those offered. */
export const readSocksChoice = (bytes: Uint8Array): { readonly length: number; readonly method: number } => ({
  length: bytes[0] !== 5 ? 0 : bytes.length < 2 ? -1 : 2,
  method: bytes[1] ?? 0xff,
});

/** RFC 1929: `01 status`, where 0 is success. Some proxies say the version of SOCKS in place of that of the sub-negotiation. */
export const readSocksPermit = (bytes: Uint8Array): { readonly length: number; readonly granted: boolean } => ({
  length: bytes[0] !== 1 && bytes[0] !== 5 ? 0 : bytes.length < 2 ? -1 : 2,
  granted: bytes[1] === 0,
});

/** `05 code 00 type address port`: the address is where the proxy stands on its other side, and nobody needs it. */
export const readSocksReply = (bytes: Uint8Array): { readonly length: number; readonly code: number } => {
  const code = bytes[1] ?? 1;
  if (bytes[0] !== 5) return { length: 0, code };
  if (bytes.length < 5) return { length: -1, code };
  const sizes: Readonly<Record<number, number>> = { 1: 4, 3: 1 + (bytes[4] ?? 0), 4: 16 };
  const size = sizes[bytes[3] ?? 0];
  if (size === undefined) return { length: 0, code };
  return { length: bytes.length < 6 + size ? -1 : 6 + size, code };
};

const replyTexts: readonly string[] = [
  'succeeded',
  'general SOCKS server failure',
  'connection not allowed by ruleset',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
];

/** What a reply code says, in the words of RFC 1928 section 6. */
export const socksReplyText = (code: number): string => replyTexts[code] ?? `unassigned reply ${code}`;

/** Whether what a SOCKS5 proxy answered is about credentials: no method that it would take, or a refusal of those given. */
export const wantsSocksCredentials = (reply: string): boolean => /^\x05(\xff|\x02[\x01\x05][^\0])/.test(reply);
