import { startRaw } from '../network/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-ssh-banner',
  title: 'The banner of OpenSSH (a listener that says it; there is no sshd here)',
  cause: 'url',
  codes: ['url.wrong-service'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) => {
      socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n');
      // OpenSSH says this to a request and hangs up.
      socket.once('data', () => socket.end('Invalid SSH identification string.\r\n'));
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};
