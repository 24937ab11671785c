import type { ExchangeKind } from '../../model/event.js';
import type { Sender } from '../../model/frame.js';
import { type Head, isHttp2, requestLine } from '../../model/head.js';
import type { Target } from '../../model/target.js';
import { isHandshake } from '../../wire/upgrade.js';
import type { Tap } from '../tap.js';
import type { StreamDiversions } from './stream-diversions.js';
import type { Room } from './windows.js';

/** One stream of an HTTP/2 connection: one exchange. */
export interface Stream {
  readonly id: number;
  readonly tap: Tap;
  readonly kind: ExchangeKind;
  readonly target: Target;
  /** Bytes of its header blocks and of its data, as read from and written to each peer. */
  readonly client: { in: number; out: number };
  readonly server: { in: number; out: number };
  readonly room: Room;
  /** `held`: the server has answered, and a fault keeps the client from knowing; `replaced`: it got an answer of a fault's. */
  answer: 'awaited' | 'held' | 'given' | 'replaced';
  /** Frames of the server behind a held answer. */
  held: Buffer[];
  heldBytes: number;
  /** What they took of the connection's window (RFC 9113 section 5.2). */
  heldCredit: number;
  /** Where faults may take its open WebSocket in hand. */
  diversions: StreamDiversions | null;
  readonly ended: { client: boolean; server: boolean };
  over: boolean;
}

export const kindOf = (head: Head): ExchangeKind =>
  isHandshake(head) ? 'websocket' : isHttp2(head) && requestLine(head).method === 'CONNECT' ? 'tunnel' : 'http';

export const createStream = (known: Pick<Stream, 'id' | 'tap' | 'kind' | 'target' | 'room'>): Stream => ({
  ...known,
  client: { in: 0, out: 0 },
  server: { in: 0, out: 0 },
  answer: 'awaited',
  held: [],
  heldBytes: 0,
  heldCredit: 0,
  diversions: null,
  ended: { client: false, server: false },
  over: false,
});

const otherOf = (leg: Sender): Sender => (leg === 'client' ? 'server' : 'client');

/** A peer has said its last on this stream; true when both have, and the record is closed. */
export const endHalf = (stream: Stream, from: Sender): boolean => {
  if (stream.over || stream.ended[from]) return stream.over;
  stream.ended[from] = true;
  stream.tap.emit({ type: 'end', leg: from, how: 'fin', by: 'peer', code: '' });
  stream.tap.emit({ type: 'end', leg: otherOf(from), how: 'fin', by: 'shakedown', code: '' });
  if (stream.ended.client && stream.ended.server) close(stream);
  return stream.over;
};

/** A peer has reset it; `code` is the error's name in RFC 9113 section 7. */
export const resetStream = (stream: Stream, from: Sender, code: string): void => {
  if (stream.over) return;
  stream.tap.emit({ type: 'end', leg: from, how: 'reset', by: 'peer', code: `H2_${code}` });
  stream.tap.emit({ type: 'end', leg: otherOf(from), how: 'reset', by: 'shakedown', code: `H2_${code}` });
  close(stream);
};

/** Ends its record. */
export const close = (stream: Stream): void => {
  if (stream.over) return;
  stream.over = true;
  stream.diversions?.stop();
  stream.tap.emit({ type: 'closed', client: { ...stream.client }, server: { ...stream.server } });
};
