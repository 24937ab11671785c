import type { Address } from '../../model/leg.js';

/** One line of /proc/net/tcp or tcp6 (proc(5)). */
export interface TcpRow {
  readonly local: Address;
  readonly remote: Address;
  /** As in the kernel's tcp_states.h: 1 established, 2 SYN sent, 10 listening. */
  readonly state: number;
  /** 0 when no process holds it any more. */
  readonly inode: number;
}

export const tcpStates = { established: 1, synSent: 2, finWait1: 4, finWait2: 5, closeWait: 8, listen: 10 } as const;

const rowPattern = /^ *\d+: (\S+) (\S+) ([\dA-F]{2}) \S+ \S+ \S+ +\d+ +\d+ (\d+)/;

/** Reads the rows of such a table whose inode is wanted; a busy machine has thousands of others, and this is read many times a second. */
export const readTcpTable = (text: string, wanted: ReadonlySet<number>): readonly TcpRow[] => {
  const rows: TcpRow[] = [];
  for (const line of text.split('\n')) {
    const [, local = '', remote = '', state = '', inode = ''] = rowPattern.exec(line) ?? [];
    if (!wanted.has(Number(inode))) continue;
    const [from, to] = [addressOf(local), addressOf(remote)];
    if (from && to) rows.push({ local: from, remote: to, state: Number.parseInt(state, 16), inode: Number(inode) });
  }
  return rows;
};

/** Words of 32 bits in the byte order of the machine, which is little-endian wherever Node runs but on s390x. */
const addressOf = (text: string): Address | null => {
  const match = /^((?:[0-9A-F]{8})+):([0-9A-F]{4})$/.exec(text);
  const [, hex = '', port = ''] = match ?? [];
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse().map((pair) => Number.parseInt(pair, 16)));
  if (bytes.length === 4) return { address: bytes.join('.'), port: Number.parseInt(port, 16) };
  if (bytes.length !== 16) return null;
  // ::ffff:0:0/96 is IPv4 on a socket that takes both.
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return { address: mapped ? bytes.slice(12).join('.') : ipv6(bytes), port: Number.parseInt(port, 16) };
};

/** RFC 5952, by the URL parser. */
const ipv6 = (bytes: readonly number[]): string => {
  const words = Array.from({ length: 8 }, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16));
  return new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1);
};
