import { Duplex } from 'node:stream';
import type { Side } from '../side.js';

/**
 * A side's stream for a session of node:http2. Given the TLSSocket itself, one that was made by hand for a server, Node takes over the handle
 * below and never reads the bytes that came with the end of the TLS handshake (seen with Node 20).
 */
export const wireOf = ({ stream, count }: Side): Duplex => {
  const wire = new Duplex({
    allowHalfOpen: true,
    read: () => void stream.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      count.out += chunk.length;
      stream.write(chunk, () => done());
    },
    final: (done) => {
      stream.end();
      done();
    },
    destroy: (error, done) => {
      if (!stream.destroyed) stream.destroySoon();
      done(error);
    },
  });
  wire.on('error', () => {});
  stream.on('data', (chunk: Buffer) => {
    count.in += chunk.length;
    if (!wire.push(chunk)) stream.pause();
  });
  stream.once('end', () => wire.push(null));
  stream.once('close', () => wire.destroy());
  return wire;
};
