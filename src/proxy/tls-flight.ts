import { Duplex } from 'node:stream';
import type { TlsFlight } from '../faults/changes.js';

/** The most that is kept of what TLS wrote, bytes: a server's flight and its tickets take about 3 KiB. */
const keptBytes = 64 * 1024;

/** A stream between TLS and its socket, through which a fault takes the bytes of the handshake. */
export interface Flight {
  readonly stream: Duplex;
  /** What TLS wrote so far, up to 64 KiB. */
  written(): Buffer;
  /** From here on everything goes out as it is. */
  release(): void;
}

export interface FlightOptions {
  readonly flight: TlsFlight;
  /** The cut has come: nothing that TLS writes goes out any more. */
  readonly onCut: () => void;
}

/** TLS above the stream that is given back, its socket below: what it reads passes as it is. */
export const openFlight = (socket: Duplex, { flight: { cut, slice }, onCut }: FlightOptions): Flight => {
  let left = cut?.bytes ?? Number.POSITIVE_INFINITY;
  let free = false;
  let kept: Buffer[] = [];
  let keptLength = 0;

  const keep = (chunk: Buffer): void => {
    if (keptLength + chunk.length > keptBytes) return;
    keptLength += chunk.length;
    kept.push(chunk);
  };

  const writePieces = (bytes: Buffer, done: () => void): void => {
    const { bytes: size, everyMs } = slice ?? { bytes: bytes.length, everyMs: 0 };
    for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
      socket.write(bytes.subarray(at, at + size));
      if (everyMs === 0 || at + size >= bytes.length) continue;
      setTimeout(() => writePieces(bytes.subarray(at + size), done), everyMs).unref();
      return;
    }
    done();
  };

  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _, done) => {
      keep(chunk);
      if (free) return void socket.write(chunk, done);
      const bytes = chunk.subarray(0, left);
      const cutNow = bytes.length === left && left !== Number.POSITIVE_INFINITY;
      left -= bytes.length;
      writePieces(bytes, () => {
        if (!cutNow) return done();
        onCut();
      });
    },
    final: (done) => {
      socket.end();
      done();
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) socket.pause();
  });
  socket.once('end', () => stream.push(null));
  socket.once('close', () => stream.destroy());
  return {
    stream,
    written: () => Buffer.concat(kept),
    release: () => {
      free = true;
      kept = [];
      keptLength = keptBytes;
    },
  };
};
