import type { Sender } from '../../model/frame.js';
import { writeWindowUpdate } from '../../wire/http2/frame.js';
import type { Verdict } from './direction.js';

/** Bytes of DATA that may still go on, by whose bytes they are: as their receiver has allowed them (RFC 9113 section 5.2). */
export type Room = Record<Sender, number>;

/**
 * Bytes of DATA of one side that came and did not go on (above 0), or that went on and never came. The receiver gives their credit back with
 * the rest, and the sender must not get it.
 */
export type Balance = Record<Sender, number>;

/** A stream, as far as its windows go. */
interface Followed {
  readonly room: Room;
  readonly diversions: { pour(from: Sender): void; credits(from: Sender, bytes: number): Verdict } | null;
}

/** The windows of one connection, as its peers see them. */
export interface Windows {
  /** What is left of the connection's. */
  readonly connection: Room;
  /** What a stream begins with. */
  readonly initial: Readonly<Room>;
  /** Of the whole connection. */
  readonly balance: Balance;
  /** So many bytes of DATA go on, on a stream or on one that nobody follows. */
  spend(of: Sender, bytes: number, stream: { readonly room: Room } | undefined): void;
  /** A side has said INITIAL_WINDOW_SIZE, which moves the windows of open streams as well (RFC 9113 section 6.9.2). */
  resize(from: Sender, bytes: number): void;
  /** WINDOW_UPDATE of a side: what becomes of it. */
  grant(from: Sender, stream: number, bytes: number): Verdict;
}

/** Until a peer says otherwise. */
const atFirst = 65_535;
const otherOf = (side: Sender): Sender => (side === 'client' ? 'server' : 'client');

/** What becomes of a WINDOW_UPDATE of the receiver of these bytes. */
export const keepOwed = (
  balance: Balance,
  from: Sender,
  { stream, bytes }: { readonly stream: number; readonly bytes: number },
): Verdict => {
  const owed = Math.min(bytes, Math.max(0, -balance[from]));
  if (owed === 0) return true;
  balance[from] += owed;
  return owed === bytes ? false : writeWindowUpdate(stream, bytes - owed);
};

export const createWindows = (streams: ReadonlyMap<number, Followed>): Windows => {
  const initial: Room = { client: atFirst, server: atFirst };
  const connection: Room = { client: atFirst, server: atFirst };
  const balance: Balance = { client: 0, server: 0 };

  const pourAll = (of: Sender): void => {
    for (const { diversions } of streams.values()) diversions?.pour(of);
  };

  return {
    connection,
    initial,
    balance,
    spend: (of, bytes, stream) => {
      connection[of] -= bytes;
      if (stream) stream.room[of] -= bytes;
    },
    resize: (from, bytes) => {
      // It is room for the bytes of the other side.
      const of = otherOf(from);
      for (const { room } of streams.values()) room[of] += bytes - initial[of];
      initial[of] = bytes;
      pourAll(of);
    },
    grant: (from, id, bytes) => {
      const of = otherOf(from);
      if (id === 0) {
        connection[of] += bytes;
        pourAll(of);
        return keepOwed(balance, of, { stream: 0, bytes });
      }
      const stream = streams.get(id);
      if (!stream) return true;
      stream.room[of] += bytes;
      stream.diversions?.pour(of);
      return stream.diversions?.credits(of, bytes) ?? true;
    },
  };
};
