import type { Entrance, EventBody } from '../model/event.js';
import { isGuest } from './access/guests.js';
import type { River } from './river.js';
import { dismiss, type Side } from './side.js';
import { createTap, type Tap } from './tap.js';

/** Opens the exchanges of one client connection, one after the other, and ends each one's record exactly once. */
export interface ExchangeLog {
  /** Ends the open exchange and begins the next. `facts` are told again, because they hold for each exchange of the connection. */
  open(client: Side, entrance: Entrance | null, facts?: readonly EventBody[]): Tap;
  /** Opens an exchange beside the others of its connection; whoever asked for it ends its record. */
  beside(client: Side, entrance: Entrance | null, facts?: readonly EventBody[]): Tap;
  /** The open exchange's record is now ended by whoever asks. */
  release(): void;
  /** A log of its own for that exchange, begun by `beside` or released, of the same connection: one stream of many. */
  child(tap: Tap, client: Side): ExchangeLog;
  /** The server leg of the open exchange, for its byte counts. */
  server(side: Side): void;
  close(): void;
  /** Lets go of every server leg that there was. */
  leave(): void;
}

interface Count {
  readonly in: number;
  readonly out: number;
}

const since = (now: Count, before: Count): Count => ({ in: now.in - before.in, out: now.out - before.out });

interface Current {
  readonly tap: Tap;
  readonly client: { readonly now: Count; readonly before: Count };
  server: { now: Count; before: Count } | null;
}

const startOf = (tap: Tap, { count }: Side): Current => ({ tap, client: { now: count, before: { ...count } }, server: null });

export const createExchangeLog = (river: River, connection: number, first: Current | null = null): ExchangeLog => {
  let current = first;
  const servers = new Set<Side>();
  const close = (): void => {
    if (!current) return;
    const { tap, client, server } = current;
    current = null;
    tap.emit({ type: 'closed', client: since(client.now, client.before), server: server && since(server.now, server.before) });
  };
  const beside: ExchangeLog['beside'] = (client, entrance, facts = []) => {
    const tap = createTap(river, { ordinal: river.nextOrdinal(), guest: isGuest(river, client.raw) });
    const peer = { address: client.raw.remoteAddress ?? '', port: client.raw.remotePort ?? 0 };
    tap.emit({ type: 'opened', connection, peer, entrance });
    for (const fact of facts) tap.emit(fact);
    return tap;
  };
  return {
    open: (client, entrance, facts) => {
      close();
      const tap = beside(client, entrance, facts);
      current = startOf(tap, client);
      return tap;
    },
    beside,
    release: () => {
      current = null;
    },
    child: (tap, client) => createExchangeLog(river, connection, startOf(tap, client)),
    server: (side) => {
      servers.add(side);
      if (current) current.server = { now: side.count, before: { ...side.count } };
    },
    close,
    leave: () => {
      for (const side of servers) dismiss(side);
    },
  };
};
