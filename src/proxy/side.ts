import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sender } from '../model/frame.js';
import { codeOf } from '../model/problem.js';

/** One leg's socket. `stream` is what we read and write (TLS removed); `raw` is the TCP socket below, which alone can send a reset. */
export interface Side {
  readonly leg: Sender;
  readonly raw: Socket;
  readonly stream: Socket;
  /** Bytes read from and written to the peer, TLS removed. */
  readonly count: { in: number; out: number };
  /** The first error of either socket; null while there was none. */
  failure(): Error | null;
}

/** Wraps a fresh TCP socket. From here on it always has an error listener, so that no reset can end the process. */
export const createSide = (leg: Sender, raw: Socket): Side => {
  let failure: Error | null = null;
  raw.on('error', (error) => {
    failure ??= error;
  });
  raw.setNoDelay(true);
  raw.setKeepAlive(true, 60_000);
  return { leg, raw, stream: raw, count: { in: 0, out: 0 }, failure: () => failure };
};

/** The same side with TLS on top. */
export const withTls = (side: Side, stream: TLSSocket): Side => {
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure ??= error;
  });
  return { ...side, stream, failure: () => failure ?? side.failure() };
};

/** How a closed socket ended, in the words of the record. */
export const endOf = (side: Side): { how: 'fin' | 'reset' | 'error'; code: string } => {
  const failure = side.failure();
  if (!failure) return { how: 'fin', code: '' };
  const code = codeOf(failure);
  return { how: code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED' ? 'reset' : 'error', code };
};

/** Ends a side at once, with RST. */
export const resetSide = (side: Side): void => {
  if (!side.raw.destroyed) side.raw.resetAndDestroy();
  side.stream.destroy();
};

export const destroySide = (side: Side): void => {
  side.stream.destroy();
  side.raw.destroy();
};
