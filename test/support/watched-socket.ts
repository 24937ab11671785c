import type { Socket } from 'node:net';

/** How a peer ended: it closed its side, it reset the connection, or the system or TLS reported something else. */
export type Ending = { readonly how: 'fin' | 'reset' | 'error'; readonly code: string };

/** A condition on everything received so far, or a text that must stand in it. */
export type Wanted = string | ((received: Buffer) => boolean);

export interface WatchedSocket {
  readonly socket: Socket;
  /** Every byte received so far. */
  received(): Buffer;
  /** Resolves with all that was received once the wanted is there; rejects, telling what came, when the peer ends first. */
  until(wanted: Wanted): Promise<Buffer>;
  /** Writes the chunks one by one, each handed to the system before the next; latin1 where they are text. */
  send(...chunks: readonly (string | Uint8Array)[]): Promise<void>;
  /** Resolves when the peer has ended. */
  readonly ended: Promise<Ending>;
  /** FIN. */
  end(): void;
  /** RST. */
  reset(): void;
}

/** Collects what a socket receives, byte by byte, and how it ends. */
export const watchSocket = (socket: Socket): WatchedSocket => {
  const chunks: Buffer[] = [];
  const waiting = new Set<() => void>();
  let ending: Ending | undefined;
  let finish: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    finish = resolve;
  });
  const settle = (how: Ending['how'], code = '') => {
    if (ending !== undefined) return;
    ending = { how, code };
    finish(ending);
    for (const look of waiting) look();
  };
  const received = () => Buffer.concat(chunks);

  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    for (const look of waiting) look();
  });
  socket.on('end', () => settle('fin'));
  socket.on('error', (error: NodeJS.ErrnoException) =>
    settle(error.code === 'ECONNRESET' ? 'reset' : 'error', error.code ?? error.message),
  );
  socket.on('close', () => settle('fin'));

  const until = (wanted: Wanted) =>
    new Promise<Buffer>((resolve, reject) => {
      const there = (bytes: Buffer) => (typeof wanted === 'string' ? bytes.includes(wanted, 0, 'latin1') : wanted(bytes));
      const look = () => {
        const bytes = received();
        if (there(bytes)) resolve(bytes);
        else if (ending === undefined) return;
        else reject(new Error(`the peer ended (${ending.how} ${ending.code}) after ${JSON.stringify(bytes.toString('latin1'))}`));
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });

  const write = (chunk: string | Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
      socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  const send = async (...parts: readonly (string | Uint8Array)[]) => {
    for (const part of parts) await write(part);
  };
  return { socket, received, until, send, ended, end: () => socket.end(), reset: () => socket.resetAndDestroy() };
};

/** A whole head, up to its blank line, has been received. */
export const headIsThere = (received: Buffer): boolean => received.includes('\r\n\r\n');
