import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Sender } from '../model/frame.js';
import { codeOf } from '../model/problem.js';
import { limits } from './limits.js';

/** One leg's socket. `stream` is what we read and write (TLS removed); `raw` is the TCP socket below, which alone can send a reset. */
export interface Side {
  readonly leg: Sender;
  readonly raw: Socket;
  readonly stream: Socket;
  /** Bytes read from and written to the peer, TLS removed. */
  readonly count: { in: number; out: number };
  /** Bytes that were looked at and could not be put back into the stream, because the peer's end came meanwhile: they still count as unread. */
  readonly held: Buffer[];
  /** The same leg with TLS on top, from when it is there: who holds this side and lets go of it must let go of that one. */
  inner: Side | null;
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
  return { leg, raw, stream: raw, count: { in: 0, out: 0 }, held: [], inner: null, failure: () => failure };
};

/** The same side with TLS on top. */
export const withTls = (side: Side, stream: TLSSocket): Side => {
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure ??= error;
  });
  if (side.stream !== side.raw) closeWith(side.stream, stream);
  const secured: Side = { ...side, stream, held: [], inner: null, failure: () => failure ?? side.failure() };
  side.inner = secured;
  return secured;
};

/**
 * TLS inside TLS. When the outer one is destroyed, Node (20 to 24) destroys the inner one as well and never says `close` of it: whoever waits for
 * its end would wait for ever.
 */
const closeWith = (outer: Socket, inner: TLSSocket): void => {
  let told = false;
  inner.once('close', () => {
    told = true;
  });
  outer.once('close', () => setImmediate(() => setImmediate(() => inner.destroyed && !told && inner.emit('close', false))));
};

/** What is read and written now. */
export const innermost = (side: Side): Side => side.inner ?? side;

/** How a closed socket ended, in the words of the record. */
export const endOf = (side: Side): { how: 'fin' | 'reset' | 'error'; code: string } => {
  const failure = side.failure();
  if (!failure) return { how: 'fin', code: '' };
  const code = codeOf(failure);
  return { how: code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED' ? 'reset' : 'error', code };
};

/** Whether the end that was read is a TLS alert's: that comes as an error beside the end, and Node does not destroy the stream for it. */
export const endedByAlert = (side: Side): boolean => endOf(side).how === 'error';

/**
 * Whether the end that was read is a reset in truth. libuv reports a reset that arrives together with bytes as an end (a partial read with
 * POLLHUP); only a write meets the error then, also one of nothing.
 */
export const wasReset = ({ raw, stream }: Side): Promise<boolean> =>
  new Promise((resolve) => {
    // Behind bytes that the peer does not take, the question would not be answered for long.
    if (raw.destroyed || raw.writableEnded || stream.writableEnded || stream.writableLength > 0) resolve(false);
    else raw.write(Buffer.alloc(0), (error) => resolve(error != null));
  });

/** Ends a side with RST, behind what was written to it before: that much its peer would have got without us. */
export const resetSide = ({ stream, raw }: Side): void => {
  const reset = (): void => {
    clearTimeout(timer);
    // Never destroy the TLS stream beside it: it closes with the socket below, and before that Node would say FIN or crash.
    if (!raw.destroyed) raw.resetAndDestroy();
  };
  const timer = setTimeout(reset, limits.lingerMs);
  while (stream.writableCorked > 0) stream.uncork();
  if (raw.destroyed || stream.destroyed || stream.writableLength === 0) reset();
  else if (stream.writableEnded) stream.once('finish', reset).once('close', reset);
  else stream.write(Buffer.alloc(0), reset);
};

/** Says FIN to a side that nobody is interested in any more, and lets go of it: a paused socket would never notice that its peer has gone. */
export const dismiss = (side: Side): void => {
  const { stream, raw } = innermost(side);
  if (raw.destroyed) return;
  const timer = setTimeout(() => raw.destroy(), limits.lingerMs);
  stream.once('close', () => clearTimeout(timer));
  stream.resume();
  stream.destroySoon();
};

/** Lets a last answer reach the peer, and then makes sure that the socket is gone. */
export const leave = (side: Side): Promise<void> =>
  new Promise((resolve) => {
    const { stream } = innermost(side);
    const gone = (): void => {
      clearTimeout(timer);
      destroySide(side);
      resolve();
    };
    const timer = setTimeout(gone, limits.lingerMs);
    if (stream.closed || stream.destroyed) return gone();
    stream.once('close', gone);
    if (!stream.writableEnded) stream.end();
    stream.resume();
  });

export const destroySide = ({ stream, raw }: Side): void => {
  stream.destroy();
  raw.destroy();
};
