import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-healthy-accept',
  title: 'HAProxy told to delete Sec-WebSocket-Accept: it reckons the value itself, and puts it there again',
  needs: ['haproxy'],
  cause: null,
  codes: [],
  start: async (grounds) => haproxyBefore(grounds, await startApp(grounds), 'http-response del-header sec-websocket-accept'),
};
