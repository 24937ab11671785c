import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-reset-on-upgrade',
  title: 'A filter that answers an Upgrade with RST, and lets ordinary requests pass',
  cause: 'intermediary',
  codes: ['intermediary.policy-rst'],
  doctorOnly: 'That it is the Upgrade shows when the same request without it is answered, which doctor tries.',
  start: async (grounds) => {
    const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\nConnection: close\r\n\r\nhi\n';
    const port = await startRaw(grounds, (socket) =>
      socket.once('data', (chunk: Buffer) => (/^upgrade:/im.test(chunk.toString('latin1')) ? socket.resetAndDestroy() : socket.end(page))),
    );
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};
