import { createHash } from 'node:crypto';
import { headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-bad-accept',
  title: 'a hand-written 101 that hashes the decoded key',
  cause: 'server',
  codes: ['server.accept-mismatch'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => {
        const key = Buffer.from(request.headers['sec-websocket-key'] ?? '', 'base64');
        const accept = createHash('sha1').update(key).update('258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
        socket.write(
          headFrom('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`),
        );
      },
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};
