import { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { dial } from './caller.js';

/** TLS through CONNECT where the client does not wait for the 200: head and ClientHello leave in one segment. */
export const earlyTls = async (proxyPort: number, head: string, ca: string): Promise<TLSSocket> => {
  const socket = await dial(proxyPort);
  let said = false;
  let reply: Buffer | null = Buffer.alloc(0);
  const pipe = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      socket.write(said ? chunk : Buffer.concat([Buffer.from(head), chunk]), () => done());
      said = true;
    },
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    if (reply === null) return void pipe.push(chunk);
    reply = Buffer.concat([reply, chunk]);
    const end = reply.indexOf('\r\n\r\n');
    if (end === -1) return;
    const rest = reply.subarray(end + 4);
    reply = null;
    if (rest.length > 0) pipe.push(rest);
  });
  socket.on('end', () => pipe.push(null));
  const stream = connect({ socket: pipe, host: '127.0.0.1', ca });
  await new Promise<void>((resolve, reject) => stream.once('secureConnect', resolve).once('error', reject));
  return stream;
};
