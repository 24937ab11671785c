import { existsSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { Address } from '../../model/leg.js';
import { processTree, readProc, socketInodes } from './process-tree.js';
import { readTcpTable, type TcpRow, tcpStates } from './tcp-table.js';

/** Connections of one process to one place that did not go to shakedown. */
export interface Bypass {
  readonly pid: number;
  /** The last part of the path by which it was started. */
  readonly program: string;
  readonly remote: Address;
  readonly connections: number;
}

export interface BypassWatch {
  /** Ends the watch. Null where the system does not show such things. */
  stop(): readonly Bypass[] | null;
}

const mostPlaces = 100;
/** To one place, by one process. */
const mostConnections = 1000;
/** Ports whose services speak no WebSocket: DNS, SSH, mail, LDAP, databases, caches, queues. An app has connections to them beside its WebSockets. */
const otherServices: ReadonlySet<number> = new Set([
  ...[22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 2181, 2379, 3306, 4222],
  ...[5432, 5433, 5672, 6379, 6380, 6432, 7687, 9042, 9092, 11_211, 26_379, 27_017],
]);
const outgoing: ReadonlySet<number> = new Set([
  tcpStates.established,
  tcpStates.synSent,
  tcpStates.finWait1,
  tcpStates.finWait2,
  tcpStates.closeWait,
]);

/** A process and its sockets. */
export interface Holder {
  readonly pid: number;
  readonly inodes: ReadonlySet<number>;
}
export interface Held {
  readonly pid: number;
  readonly row: TcpRow;
}

/** The processes under `root` and which sockets each holds: some tenths of a millisecond. */
export const socketHolders = (root: number): readonly Holder[] =>
  processTree(root).map((pid) => ({ pid, inodes: new Set(socketInodes(pid)) }));

/**
 * What the wanted ones of these sockets are connected to. Costs milliseconds, since the kernel walks its whole hash table of connections. Processes
 * in another network namespace than ours are read there.
 */
export const tcpOf = (holders: readonly Holder[], wanted: ReadonlySet<number>): readonly Held[] => {
  const spaces = new Map<string, Holder[]>();
  for (const holder of holders) {
    if (![...holder.inodes].some((inode) => wanted.has(inode))) continue;
    const space = namespaceOf(holder.pid);
    spaces.set(space, [...(spaces.get(space) ?? []), holder]);
  }
  return [...spaces.values()].flatMap((here) => {
    const read = (name: string) => readTcpTable(readProc(`/proc/${here[0]?.pid}/net/${name}`), wanted);
    const ipv4 = read('tcp');
    const rows = ipv4.length === wanted.size ? ipv4 : [...ipv4, ...read('tcp6')];
    return rows.flatMap((row) => here.filter(({ inodes }) => inodes.has(row.inode)).map(({ pid }) => ({ pid, row })));
  });
};

const unixSockets = (pid: number): ReadonlySet<number> =>
  new Set([...readProc(`/proc/${pid}/net/unix`).matchAll(/^[\da-f]+: \S+ \S+ \S+ \S+ \S+ +(\d+)/gm)].map(([, inode]) => Number(inode)));

const namespaceOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
};

interface Entry {
  readonly pid: number;
  readonly program: string;
  readonly remote: Address;
  readonly locals: Set<number>;
}

/** Collects looks into places. Pure but for `nameOf`. */
export const createBypassTally = (proxyPort: number, nameOf: (pid: number) => string) => {
  const entries = new Map<string, Entry>();
  /** Ports on which the command itself listens, or did: connections to and from them stay in the house. */
  const listening = new Set<number>();
  return {
    note: (seen: readonly Held[]): void => {
      for (const { row } of seen) if (row.state === tcpStates.listen) listening.add(row.local.port);
      for (const { pid, row } of seen) {
        if (!outgoing.has(row.state) || otherServices.has(row.remote.port)) continue;
        if (row.remote.port === proxyPort && isThisMachine(row.remote.address)) continue;
        const key = `${pid} ${row.remote.address} ${row.remote.port}`;
        const entry = entries.get(key) ?? { pid, program: nameOf(pid), remote: row.remote, locals: new Set<number>() };
        if (!entries.has(key) && entries.size >= mostPlaces) continue;
        if (entry.locals.size < mostConnections) entry.locals.add(row.local.port);
        entries.set(key, entry);
      }
    },
    result: (): readonly Bypass[] =>
      [...entries.values()].flatMap(({ pid, program, remote, locals }) => {
        const own = listening.has(remote.port) && isThisMachine(remote.address);
        const connections = own ? 0 : [...locals].filter((port) => !listening.has(port)).length;
        return connections > 0 ? [{ pid, program, remote, connections }] : [];
      }),
  };
};

const isThisMachine = (address: string): boolean => address === '::1' || address === '::' || /^(127\.|0\.0\.0\.0$)/.test(address);

/** Not /proc/PID/comm: that is the name of a thread, `MainThread` in Node 24. */
const programOf = (pid: number): string => {
  const [path = ''] = readProc(`/proc/${pid}/cmdline`).split('\0', 1);
  return basename(path) || readProc(`/proc/${pid}/comm`).trim() || 'a process';
};

const eagerMs = 5000;

/**
 * Watches which TCP connections a process and its descendants hold. Descriptors are listed every 5 ms at first; the table of connections is read when
 * there is a new socket, and then again for as long as one is not in it yet (connecting, or no TCP at all), at most a fifth of the time, later a twentieth.
 * What is over between two looks is not seen. `onFirst` gets each place once, as soon as it is seen.
 */
export const watchBypasses = (
  root: number,
  { proxyPort, onFirst }: { readonly proxyPort: number; readonly onFirst: (bypass: Bypass) => void },
): BypassWatch => {
  if (!existsSync(`/proc/${root}/fd`)) return { stop: () => null };
  const tally = createBypassTally(proxyPort, programOf);
  const started = performance.now();
  const announced = new Set<string>();
  let timer: NodeJS.Timeout;
  let before: ReadonlySet<number> = new Set();
  let told: ReadonlySet<number> = new Set();
  let [freshFrom, againFrom] = [0, 0];
  const look = (): void => {
    const now = performance.now();
    const eager = now - started < eagerMs;
    const holders = socketHolders(root);
    const here = new Set(holders.flatMap(({ inodes }) => [...inodes]));
    let untold = new Set([...here].filter((inode) => !told.has(inode)));
    if ([...untold].some((inode) => !before.has(inode))) {
      // That table is small and cheap, and every event loop of Python begins with a pair of them.
      const unix = unixSockets(root);
      told = new Set([...told, ...[...untold].filter((inode) => unix.has(inode))]);
      untold = new Set([...untold].filter((inode) => !unix.has(inode)));
    }
    const fresh = [...untold].some((inode) => !before.has(inode));
    if (untold.size > 0 && now >= (fresh ? freshFrom : againFrom)) {
      const seen = tcpOf(holders, untold);
      tally.note(seen);
      for (const bypass of tally.result()) {
        const key = `${bypass.pid} ${bypass.remote.address} ${bypass.remote.port}`;
        if (!announced.has(key)) onFirst(bypass);
        announced.add(key);
      }
      told = new Set([...[...told].filter((inode) => here.has(inode)), ...seen.map(({ row }) => row.inode)]);
      before = here;
      const done = performance.now();
      freshFrom = done + (done - now) * (eager ? 4 : 20);
      againFrom = done + (done - now) * 20;
    }
    const tookMs = performance.now() - now;
    timer = setTimeout(look, Math.max(eager ? 5 : 25, tookMs * (eager ? 4 : 20)));
  };
  look();
  return {
    stop: () => {
      clearTimeout(timer);
      return tally.result();
    },
  };
};
