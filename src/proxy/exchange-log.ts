import type { Entrance, EventBody } from '../model/event.js';
import { isGuest } from './access/guests.js';
import type { River } from './river.js';
import { dismiss, innermost, resetSide, type Side } from './side.js';
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
  readonly client: { readonly side: Side; readonly before: Count };
  server: { readonly side: Side; readonly before: Count } | null;
}

const startOf = (tap: Tap, side: Side): Current => ({ tap, client: { side, before: { ...side.count } }, server: null });

/** How somebody ends it from outside. */
const endingOf = ({ tap, client, server }: Current, how: 'reset' | 'fin'): void => {
  for (const { side } of [client, ...(server ? [server] : [])]) {
    const own = innermost(side);
    if (own.raw.destroyed) continue;
    tap.emit({ type: 'end', leg: side.leg, how, by: 'shakedown', code: '' });
    if (how === 'reset') resetSide(own);
    else dismiss(own);
  }
};

export const createExchangeLog = (river: River, connection: number, first: Current | null = null): ExchangeLog => {
  let current: Current | null = null;
  const begin = (next: Current): void => {
    current = next;
    river.ends.add(next.tap.id, { reset: () => endingOf(next, 'reset'), finish: () => endingOf(next, 'fin') });
  };
  if (first) begin(first);
  const servers = new Set<Side>();
  const close = (): void => {
    if (!current) return;
    const { tap, client, server } = current;
    current = null;
    tap.emit({
      type: 'closed',
      client: since(client.side.count, client.before),
      server: server && since(server.side.count, server.before),
    });
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
      begin(startOf(tap, client));
      return tap;
    },
    beside,
    release: () => {
      current = null;
    },
    child: (tap, client) => createExchangeLog(river, connection, startOf(tap, client)),
    server: (side) => {
      servers.add(side);
      if (current) current.server = { side, before: { ...side.count } };
    },
    close,
    leave: () => {
      for (const side of servers) dismiss(side);
    },
  };
};
