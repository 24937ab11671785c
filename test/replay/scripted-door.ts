import { silence, startRawServer } from '../support/raw-server.js';
import type { WatchedSocket } from '../support/watched-socket.js';

/** The proxy's side of one connection, as a dialogue. */
export interface Visitor {
  readonly peer: WatchedSocket;
  /** The next bytes, as latin1, once so many have come. */
  reads(length: number): Promise<string>;
  says(bytes: string | Uint8Array): Promise<void>;
  /** How the visitor ended (a FIN is answered with one). Bytes that nobody read fail. */
  ends(): Promise<string>;
}

const visitorOf = (peer: WatchedSocket): Visitor => {
  let at = 0;
  return {
    peer,
    reads: async (length) => {
      const bytes = await peer.until((received) => received.length >= at + length);
      const read = bytes.toString('latin1', at, at + length);
      at += length;
      return read;
    },
    says: (bytes) => peer.send(bytes),
    ends: async () => {
      const { how } = await peer.ended;
      peer.end();
      const rest = peer.received().toString('latin1', at);
      if (rest !== '') throw new Error(`unexpected bytes: ${JSON.stringify(rest)}`);
      return how;
    },
  };
};

/** A listener on loopback that stands in for the proxy's door: `serve` gets its first visitor. */
export const openDoor = async (serve: (visitor: Visitor) => Promise<void>) => {
  const server = await startRawServer([silence]);
  return {
    door: { host: '127.0.0.1', port: server.port },
    /** Rejects when the visit did not go as `serve` expects. */
    served: server.connection(0).then((peer) => serve(visitorOf(peer))),
    close: server.close,
  };
};
