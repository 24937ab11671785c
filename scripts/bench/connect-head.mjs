import { parseArgs } from 'node:util';

const headLimit = 16 * 1024;

/** Reads a CONNECT head and hands over where to go and what came behind the head; ends the socket on anything else. */
export const readConnect = (socket, then) => {
  socket.on('error', () => socket.destroy());
  let held = Buffer.alloc(0);
  const onData = (chunk) => {
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf('\r\n\r\n');
    if (end === -1 && held.length < headLimit) return;
    socket.off('data', onData);
    socket.pause();
    const match = /^CONNECT \[?([^\s\]]+)\]?:(\d+) HTTP\/1\.[01]\r\n/.exec(held.toString('latin1', 0, Math.max(0, end) + 2));
    if (end === -1 || match === null) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      return;
    }
    then({ host: match[1], port: Number(match[2]), rest: held.subarray(end + 4) });
  };
  socket.on('data', onData);
};

export const answer502 = (socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');

/** Copies both ways with back-pressure; the end of one socket ends the other. */
export const pair = (one, other) => {
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ]) {
    socket.on('error', () => peer.destroy());
    socket.on('close', () => peer.destroy());
    socket.pipe(peer);
  }
};

/** Listens on loopback at `--port` (0 picks one) and says where on standard output. */
export const listen = (server) => {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } }, strict: false });
  server.listen(Number(values.port), '127.0.0.1', () => console.log(`listening 127.0.0.1:${server.address().port}`));
};
