// Runs inside the launched command, on Node 14.18 and later: no syntax and no function of a younger one.
import net = require('node:net');

import type { Opened, Place } from './tunnel-types.cjs';

const connect = net.connect;
const headLimit = 65_536;
const bodyLimit = 4096;

const authority = ({ host, port }: Place): string => (host.indexOf(':') === -1 ? `${host}:${port}` : `[${host}]:${port}`);

/** What shakedown says of a server that it could not reach ends in the system's code: the command is to see that very code. */
const refusal = (to: Place, head: string, body: string): Error => {
  const words = body.trim() || `the proxy answered CONNECT ${authority(to)} with ${head.split('\r\n')[0]}`;
  const code = /\((E[A-Z]+|SHK_[A-Z]+)\)\.?$/.exec(words);
  return Object.assign(new Error(words), {
    code: code ? code[1] : 'ERR_PROXY_TUNNEL',
    syscall: 'connect',
    address: to.host,
    port: to.port,
  });
};

/** Opens a TCP connection to `to` through shakedown by CONNECT. `done` is called once; the socket is as fresh as one of net.connect that has connected. */
const openTunnel = (proxy: Place, to: Place, done: (opened: Opened) => void): void => {
  const socket = connect({ host: proxy.host, port: proxy.port });
  let connected = false;
  let seen = Buffer.alloc(0);
  let bodyFrom = -1;
  const settle = (opened: Opened): void => {
    socket.removeListener('connect', onConnect);
    socket.removeListener('readable', onReadable);
    socket.removeListener('end', onEnd);
    socket.removeListener('error', onError);
    if (opened.type !== 'open') {
      socket.on('error', () => {});
      socket.destroy();
    }
    done(opened);
  };
  const onConnect = (): void => {
    connected = true;
    socket.setNoDelay(true);
    socket.write(`CONNECT ${authority(to)} HTTP/1.1\r\nHost: ${authority(to)}\r\n\r\n`);
  };
  const refuse = (): void => {
    const head = bodyFrom === -1 ? seen : seen.slice(0, bodyFrom);
    const body = bodyFrom === -1 ? '' : seen.slice(bodyFrom).toString('latin1');
    settle({ type: 'refused', error: refusal(to, head.toString('latin1'), body) });
  };
  // 'readable' and not 'data': a socket that once flowed and was paused would have to be resumed by whoever gets it, and http does not.
  const onReadable = (): void => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      seen = Buffer.concat([seen, chunk]);
    }
    if (bodyFrom === -1) {
      const end = seen.indexOf('\r\n\r\n');
      if (end === -1) {
        if (seen.length > headLimit) refuse();
        return;
      }
      bodyFrom = end + 4;
    }
    const head = seen.slice(0, bodyFrom).toString('latin1');
    if (/^HTTP\/1\.[01] 2\d\d/.test(head)) {
      const rest = seen.slice(bodyFrom);
      if (rest.length > 0) socket.unshift(rest);
      settle({ type: 'open', socket });
      return;
    }
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    if (seen.length - bodyFrom >= Math.min(length ? Number(length[1]) : bodyLimit, bodyLimit)) refuse();
  };
  const onEnd = (): void => {
    if (bodyFrom !== -1) {
      refuse();
      return;
    }
    const error = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', syscall: 'connect', address: to.host, port: to.port });
    settle({ type: 'refused', error });
  };
  const onError = (error: Error): void => settle(connected ? { type: 'refused', error } : { type: 'no-proxy' });
  socket.on('connect', onConnect);
  socket.on('readable', onReadable);
  socket.on('end', onEnd);
  socket.on('error', onError);
};

export = { openTunnel };
