import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

const openLimitMs = 10_000;

/** Resolves with the head that comes next on the socket and the bytes behind it; the socket is paused then. */
const readHead = (socket) =>
  new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    const onEnd = () => reject(new Error(`the connection ended before a head was complete: ${held.toString('latin1').slice(0, 100)}`));
    const onData = (chunk) => {
      held = Buffer.concat([held, chunk]);
      const end = held.indexOf('\r\n\r\n');
      if (end === -1) return;
      socket.off('data', onData).off('close', onEnd).off('error', reject);
      socket.pause();
      resolve({ head: held.toString('latin1', 0, end + 4), rest: held.subarray(end + 4) });
    };
    socket.on('data', onData).on('close', onEnd).on('error', reject);
    socket.resume();
  });

const until = (socket, event) =>
  new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once(event, () => {
      socket.off('error', reject);
      resolve();
    });
  });

const addressOf = (text) => {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
};

/** Opens a WebSocket to `target` (`host:port`), by CONNECT when a proxy is named, and checks the 101. Any certificate is taken. */
export const openWebSocket = async ({ target, proxy, tls, path }) => {
  const plain = connect({ ...addressOf(proxy ?? target), noDelay: true });
  plain.setTimeout(openLimitMs, () => plain.destroy(new Error(`no WebSocket within ${openLimitMs / 1000} s`)));
  await until(plain, 'connect');
  if (proxy !== undefined) {
    plain.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    const { head } = await readHead(plain);
    if (!/^HTTP\/1\.[01] 200/.test(head)) throw new Error(`the proxy answered ${head.split('\r\n')[0]}`);
  }
  const socket = tls ? tlsConnect({ socket: plain, rejectUnauthorized: false }) : plain;
  if (tls) await until(socket, 'secureConnect');
  const key = randomBytes(16).toString('base64');
  const fields = [`Host: ${target}`, 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${key}`, 'Sec-WebSocket-Version: 13'];
  socket.write(`GET ${path} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`);
  const { head, rest } = await readHead(socket);
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  if (!head.startsWith('HTTP/1.1 101 ') || !head.includes(accept)) throw new Error(`the server answered ${head.split('\r\n')[0]}`);
  plain.setTimeout(0);
  socket.on('error', () => socket.destroy());
  return { socket, rest };
};
