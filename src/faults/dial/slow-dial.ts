import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'slow-dial',
  stage: 'dial',
  leg: 'server',
  title: 'The connection to the server takes long',
  about:
    'The server is dialled `ms` milliseconds later. A client that asked by CONNECT or SOCKS waits for its tunnel, any other for its answer. A client that leaves meanwhile is let go.',
  imitates:
    'A resolver that is asked in vain before the one that answers, lost SYN packets (1 s, 3 s, 7 s), a server with a full backlog, a cold start.',
  params: { ms: { type: 'number', default: 3000, min: 1, max: 3_600_000, about: 'For how long, milliseconds.' } },
  example: 'slow-dial:ms=300',
  expects: [],
  effects: [
    { client: 'ws (Node), curl, Chromium, Python http.client, aiohttp', sees: 'Nothing but the time, as far as their timeouts allow.' },
  ],
  rows: ['hop.connect-stall'],
  apply: (_, { ms }) => ({ holdMs: ms }),
});
