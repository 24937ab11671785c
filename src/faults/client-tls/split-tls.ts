import { defineFault, noneRefuses } from '../fault.js';

export const fault = defineFault({
  id: 'split-tls',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The TLS handshake arrives in tiny pieces',
  about:
    "The server's side of the handshake is written in pieces of so many bytes, each a TCP segment of its own. TLS does not care where segments end (RFC 8446 section 5.1), so every client must get through; one that counts on whole records in one read does not.",
  imitates: 'A link with a tiny MTU, a slow serial gateway, a proxy that passes on what it has.',
  params: {
    bytes: { type: 'number', default: 16, min: 1, max: 65_536, whole: true, about: 'How many bytes a piece has.' },
    ms: { type: 'number', default: 0, min: 0, max: 60_000, about: 'How long after the piece before it, milliseconds.' },
  },
  example: 'split-tls:bytes=16',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, or a time limit of its own with `ms`.' }],
  refusedBy: noneRefuses,
  apply: (_, { bytes, ms }) => ({ flight: { slice: { bytes, everyMs: ms } } }),
});
