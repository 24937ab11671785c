import { startEchoServer } from '../../support/echo-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-other-loopback',
  title: 'A server that listens on ::1 only, asked at 127.0.0.1',
  cause: 'url',
  codes: ['url.refused'],
  start: async (grounds) => {
    const app = await startEchoServer({ host: '::1' });
    grounds.atEnd(() => app.close());
    return { url: `ws://127.0.0.1:${app.port}/chat` };
  },
};
