import type { Exchange } from '../model/exchange.js';
import { authorityOf } from '../model/target.js';
import { findHeadEnd } from '../wire/http-head.js';
import { readSocks5Greeting, readSocks5Password } from '../wire/socks.js';

/** Bytes that a client says at the door, and what sort of reply it reads before it goes on. */
export interface DoorStep {
  readonly bytes: Uint8Array;
  readonly reply: DoorReply;
}
export type DoorReply = 'connect' | 'socks5-method' | 'socks5' | 'socks4';

const bytesOf = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

/** How the exchange came in, as the client said it; of a later request on its connection, whose record does not repeat it, made anew. */
export const doorSteps = ({ entrance, door, target }: Pick<Exchange, 'entrance' | 'door' | 'target'>): readonly DoorStep[] => {
  const place = { host: target?.host ?? '', port: target?.port ?? 0 };
  if (entrance === 'connect') {
    const authority = authorityOf(place);
    return [{ bytes: bytesOf(door.request || `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`), reply: 'connect' }];
  }
  if (entrance === 'socks5') {
    const said = door.request ? bytesOf(door.request) : socks5Request(place);
    const greeting = Math.max(0, readSocks5Greeting(said).length);
    const password = readSocks5Password(said.subarray(greeting)).length;
    return [
      // A replay comes from this machine and is asked for no password: the one that was said then is not said again.
      { bytes: password > 0 ? Uint8Array.of(5, 1, 0) : said.subarray(0, greeting), reply: 'socks5-method' },
      { bytes: said.subarray(greeting + Math.max(0, password)), reply: 'socks5' },
    ];
  }
  if (entrance === 'socks4a') return [{ bytes: door.request ? bytesOf(door.request) : socks4Request(place), reply: 'socks4' }];
  return [];
};

interface Place {
  readonly host: string;
  readonly port: number;
}

/** RFC 1928 sections 3 and 4: no authentication, CONNECT to a name. */
const socks5Request = ({ host, port }: Place): Uint8Array => {
  const name = bytesOf(host);
  return Uint8Array.of(5, 1, 0, 5, 1, 0, 3, name.length, ...name, port >> 8, port & 0xff);
};

/** SOCKS4a: the address 0.0.0.1 says that a name follows the empty user. */
const socks4Request = ({ host, port }: Place): Uint8Array =>
  Uint8Array.of(4, 1, port >> 8, port & 0xff, 0, 0, 0, 1, 0, ...bytesOf(host), 0);

/** Where a reply ends; -1 while bytes are missing. */
export const replyEnd: Readonly<Record<DoorReply, (bytes: Uint8Array, from: number) => number>> = {
  connect: findHeadEnd,
  'socks5-method': (bytes) => (bytes.length < 2 ? -1 : 2),
  socks5: (bytes) => {
    const [, , , kind, first] = bytes;
    if (kind === undefined || first === undefined) return -1;
    const length = 6 + (kind === 4 ? 16 : kind === 3 ? 1 + first : 4);
    return bytes.length < length ? -1 : length;
  },
  socks4: (bytes) => (bytes.length < 8 ? -1 : 8),
};

/** Whether a whole reply lets the client in. */
export const isGranted = (reply: DoorReply, bytes: Uint8Array): boolean => {
  if (reply === 'connect') return /^HTTP\/\d\.\d 2\d\d/.test(Buffer.from(bytes.subarray(0, 16)).toString('latin1'));
  return bytes[1] === (reply === 'socks4' ? 0x5a : 0);
};
