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
  effects: [],
  rows: ['hop.connect-stall'],
  apply: ({ reply }, { ms }) => ({ raw: reply, holdMs: ms }),
});
