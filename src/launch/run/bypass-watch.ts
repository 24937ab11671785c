import { existsSync, readlinkSync } from 'node:fs';
import type { Address } from '../../model/leg.js';
import { processTree, readProc, socketInodes } from './process-tree.js';
import { readTcpTable, type TcpRow, tcpStates } from './tcp-table.js';

/** Connections of one process to one place that did not go to shakedown. */
export interface Bypass {
  readonly pid: number;
  /** The process's own name for itself, /proc/PID/comm. */
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
const dnsPort = 53;
/** A look takes well under a millisecond for one process; however long it takes, it gets at most a twentieth of the time. */
const paceMs = (ageMs: number, tookMs: number): number => Math.max(ageMs < 5000 ? 25 : ageMs < 30_000 ? 100 : 500, tookMs * 20);

const outgoing: ReadonlySet<number> = new Set([
  tcpStates.established,
  tcpStates.synSent,
  tcpStates.finWait1,
  tcpStates.finWait2,
  tcpStates.closeWait,
]);

/** One look at who holds which TCP socket; sockets of processes in other network namespaces than ours are read there. */
export const lookAtSockets = (root: number): readonly { readonly pid: number; readonly row: TcpRow }[] => {
  const tables = new Map<string, ReadonlyMap<number, TcpRow>>();
  return processTree(root).flatMap((pid) => {
    const inodes = socketInodes(pid);
    if (inodes.length === 0) return [];
    const space = namespaceOf(pid);
    const table = tables.get(space) ?? readTable(pid);
    tables.set(space, table);
    return inodes.flatMap((inode) => {
      const row = table.get(inode);
      return row ? [{ pid, row }] : [];
    });
  });
};

const namespaceOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
};

const readTable = (pid: number): ReadonlyMap<number, TcpRow> =>
  new Map(
    ['tcp', 'tcp6'].flatMap((name) => readTcpTable(readProc(`/proc/${pid}/net/${name}`)).map((row): [number, TcpRow] => [row.inode, row])),
  );

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
    note: (seen: ReturnType<typeof lookAtSockets>): void => {
      for (const { row } of seen) if (row.state === tcpStates.listen) listening.add(row.local.port);
      for (const { pid, row } of seen) {
        if (!outgoing.has(row.state) || row.remote.port === dnsPort) continue;
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

/** Watches which TCP connections a process and its descendants hold. What is over between two looks is not seen. */
export const watchBypasses = (root: number, proxyPort: number): BypassWatch => {
  if (!existsSync(`/proc/${root}/fd`)) return { stop: () => null };
  const tally = createBypassTally(proxyPort, (pid) => readProc(`/proc/${pid}/comm`).trim());
  const started = performance.now();
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const before = performance.now();
    tally.note(lookAtSockets(root));
    const now = performance.now();
    timer = setTimeout(look, paceMs(now - started, now - before));
  };
  look();
  return {
    stop: () => {
      clearTimeout(timer);
      return tally.result();
    },
  };
};
