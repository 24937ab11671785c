import type { Socket } from 'node:net';

/** What one side saw of the other's end, in the order in which it saw it. */
export type Sight = 'fin' | 'reset';

/** One end of a connection that only sends and receives exact bytes. `stream` is what is read and written, `raw` the TCP socket below. */
export interface Peer {
  readonly stream: Socket;
  readonly raw: Socket;
  received(): Buffer;
  /** How many bytes have come. */
  length(): number;
  readonly sights: readonly Sight[];
  /** Resolves once that many bytes have come, or none can come any more. */
  bytes(count: number): Promise<void>;
  /** Resolves once the other side has ended. */
  ended(): Promise<void>;
  /** Resolves once the socket is gone. */
  closed(): Promise<void>;
  /** Hands the chunk to the system. */
  send(chunk: Uint8Array): Promise<void>;
  fin(): void;
  reset(): void;
}

const resets = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

/** Takes over a socket whose bytes nobody has read yet. */
export const takePeer = (stream: Socket, raw: Socket = stream): Peer => {
  const chunks: Buffer[] = [];
  const sights: Sight[] = [];
  const waiting = new Set<() => void>();
  let length = 0;
  let gone = stream.destroyed;
  const look = (): void => {
    for (const one of [...waiting]) one();
  };
  const see = (sight: Sight): void => {
    if (!sights.includes(sight)) sights.push(sight);
    look();
  };
  const onError = (error: NodeJS.ErrnoException): void => {
    // A side that reset by itself, or ended before, may still be told of the pieces; only what the other side did counts.
    if (resets.includes(error.code ?? '')) see('reset');
  };
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    look();
  });
  // libuv reports a reset that arrives together with bytes as an end; a write of nothing meets the error.
  stream.on('end', () => {
    if (raw.destroyed || raw.writableEnded || stream.writableEnded) see('fin');
    else raw.write(Buffer.alloc(0), (error) => see(error ? 'reset' : 'fin'));
  });
  stream.on('error', onError);
  if (raw !== stream) raw.on('error', onError);
  stream.on('close', () => {
    gone = true;
    look();
  });
  stream.resume();
  const until = (there: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const one = (): void => {
        if (!there()) return;
        waiting.delete(one);
        resolve();
      };
      waiting.add(one);
      one();
    });
  return {
    stream,
    raw,
    received: () => Buffer.concat(chunks),
    length: () => length,
    sights,
    bytes: (count) => until(() => length >= count || gone || sights.length > 0),
    ended: () => until(() => gone || sights.length > 0),
    closed: () => until(() => gone),
    send: (chunk) =>
      new Promise((resolve) => {
        if (stream.destroyed || stream.writableEnded) resolve();
        else stream.write(chunk, () => resolve());
      }),
    fin: () => void (stream.destroyed || stream.end()),
    // The TLS stream closes with the socket below; destroyed beside it, Node would say FIN, or crash.
    reset: () => void (raw.destroyed || raw.resetAndDestroy()),
  };
};
