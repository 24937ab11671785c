import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'slow-connect',
  stage: 'entrance',
  leg: 'client',
  title: 'The tunnel opens late',
  about:
    'The server is dialled at once, but the answer to CONNECT or SOCKS is held back for `ms` milliseconds. What a server says by itself waits with it.',
  imitates: 'A proxy that asks a directory for every user, scans a policy, or is short of workers.',
  params: { ms: { type: 'number', default: 3000, min: 1, max: 3_600_000, about: 'For how long, milliseconds.' } },
  example: 'slow-connect:ms=300',
  expects: [],
  effects: [
    {
      client: 'ws (Node), curl, Chromium, Python http.client, aiohttp',
      sees: 'Nothing but the time: the WebSocket opens late, as far as their timeouts allow.',
    },
  ],
  rows: ['hop.connect-stall'],
  apply: ({ reply }, { ms }) => ({ raw: reply, holdMs: ms }),
});
