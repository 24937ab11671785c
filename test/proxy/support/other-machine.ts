import { connect, type Socket } from 'node:net';
import { within } from './deadline.js';
import { type Peer, takePeer } from './peer.js';

/** The address from which a test plays another machine: loopback in truth, so that the test sends nothing anywhere. */
export const otherMachine = '127.0.0.2';

export interface Talker extends Peer {
  readonly localPort: number;
  /** Sends this and resolves with the next whole answer: head and body by its Content-Length, or by its one chunk. */
  asks(text: string): Promise<string>;
  /** Sends these bytes and resolves with the next `count` ones. */
  says(bytes: Uint8Array, count: number): Promise<Buffer>;
}

/** Connects to a port of this machine from an address of loopback. */
export const dialFrom = async (address: string, port: number): Promise<Talker> => {
  const socket = connect({ port, host: '127.0.0.1', localAddress: address, noDelay: true, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve();
    });
  });
  return talkOver(socket, socket);
};

export const talkOver = (stream: Socket, raw: Socket): Talker => {
  const localPort = raw.localPort ?? 0;
  const peer = takePeer(stream, raw);
  let read = 0;
  const fresh = (): Buffer => peer.received().subarray(read);
  const until = async (length: (held: Buffer) => number): Promise<Buffer> => {
    for (let wanted = length(fresh()); fresh().length < wanted; wanted = length(fresh())) {
      const before = peer.length();
      await within(
        peer.bytes(Math.max(before + 1, Number.isFinite(wanted) ? read + wanted : 0)),
        () => `only ${JSON.stringify(fresh().toString('latin1'))}`,
      );
      if (peer.length() === before) break;
    }
    const wanted = length(fresh());
    const taken = fresh().subarray(0, Number.isFinite(wanted) ? wanted : fresh().length);
    read += taken.length;
    return taken;
  };
  return {
    ...peer,
    localPort,
    says: async (bytes, count) => {
      await peer.send(bytes);
      return until(() => count);
    },
    asks: async (text) => {
      await peer.send(Buffer.from(text, 'latin1'));
      return (await until((held) => answerLength(held, /^HEAD /.test(text)))).toString('latin1');
    },
  };
};

const answerLength = (held: Buffer, bare: boolean): number => {
  const end = held.indexOf('\r\n\r\n');
  if (end === -1) return Number.POSITIVE_INFINITY;
  const head = held.toString('latin1', 0, end + 2);
  const length = /^content-length: *(\d+)\r$/im.exec(head)?.[1];
  if (bare || /^HTTP\/1\.1 (?:101|2\d\d [^\r]*established)/i.test(head)) return end + 4;
  if (length !== undefined) return end + 4 + Number(length);
  const last = held.indexOf('0\r\n\r\n', end + 4);
  return /^transfer-encoding: *chunked/im.test(head) ? (last === -1 ? Number.POSITIVE_INFINITY : last + 5) : end + 4;
};
