import { connect } from 'node:tls';
import { startOrigin } from './origin.js';

/** A ClientHello as Node says it, taken from a connection to nowhere. */
export const clientHello = async (servername?: string): Promise<Buffer> => {
  await using listener = await startOrigin();
  const named = servername === undefined ? {} : { servername };
  const stream = connect({ port: listener.port, host: '127.0.0.1', rejectUnauthorized: false, ...named });
  stream.on('error', () => {});
  const peer = await listener.next();
  await peer.bytes(5);
  await peer.bytes(5 + peer.received().readUInt16BE(3));
  stream.destroy();
  return peer.received();
};
