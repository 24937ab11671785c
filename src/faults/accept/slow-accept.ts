import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'slow-accept',
  stage: 'accept',
  leg: 'client',
  title: 'The connection is let in late',
  about:
    "The client's TCP connection stands and its first bytes have come, but for `ms` milliseconds nobody reads them: neither CONNECT nor a ClientHello is answered. Then everything goes on as it is.",
  imitates: 'A full accept queue, a process that is starting or collects garbage, a load balancer that waits for a free worker.',
  params: { ms: { type: 'number', default: 1000, min: 1, max: 3_600_000, about: 'For how long, milliseconds.' } },
  example: 'slow-accept:ms=300',
  expects: [],
  effects: [
    {
      client: 'ws (Node), curl, Chromium, Python http.client, aiohttp',
      sees: 'Nothing but the time: the WebSocket opens late, as far as their timeouts allow (ws: handshakeTimeout).',
    },
  ],
  apply: (_, { ms }) => ({ holdMs: ms }),
});
