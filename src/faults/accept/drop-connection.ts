import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'drop-connection',
  stage: 'accept',
  leg: 'client',
  title: 'The connection is taken, and ends before a word is answered',
  about:
    "The client's TCP connection is accepted, its first bytes arrive, and then the connection is reset, ended, or left open without an answer. Nobody has looked at what the client wants, so the server is never dialled.",
  imitates: 'A proxy or load balancer that has no process behind its port, a firewall that resets, a full accept queue.',
  params: {
    end: { type: 'string', default: 'reset', choices: endingHows, about: 'How it ends: `reset`, `fin`, or `silence` for ever.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the first bytes, milliseconds.' },
  },
  example: 'drop-connection:end=reset',
  expects: ['intermediary.connect-malformed', 'intermediary.connect-timeout', 'server.reset', 'server.empty-reply', 'server.slow'],
  effects: [
    {
      client: 'ws (Node)',
      sees: 'read ECONNRESET; socket hang up with `end=fin`; nothing with `silence` unless handshakeTimeout is set.',
    },
  ],
  apply: (_, { end, ms }) => ({ end, endMs: ms }),
});
