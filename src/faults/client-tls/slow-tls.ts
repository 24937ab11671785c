import { defineFault, noneRefuses } from '../fault.js';

export const fault = defineFault({
  id: 'slow-tls',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The TLS handshake takes long',
  about:
    'The ClientHello is answered `ms` milliseconds late; then all goes on as usual. Shows what a client does while it waits, and where its limit lies.',
  imitates: 'A busy terminator, a key in a slow hardware module, a server that asks a remote service for its certificate.',
  params: {
    ms: { type: 'number', default: 1000, min: 0, max: 3_600_000, about: 'How long the ClientHello waits, milliseconds.' },
  },
  example: 'slow-tls:ms=1000',
  expects: [],
  effects: [
    { client: 'every client', sees: 'Opens later; an error of its own where it has a limit that is shorter.' },
    { client: 'Python websockets', sees: 'TimeoutError when `ms` is over open_timeout (10 s).' },
  ],
  refusedBy: noneRefuses,
  apply: (_, { ms }) => ({ holdMs: ms }),
});
