import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';
import { refusedEffects } from '../refused-effects.js';

export const fault = defineFault({
  id: 'cut-request',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The request ends in the middle of its head',
  about:
    'The server gets the first bytes of the handshake, and then the connection to it ends, or says nothing more. The client, whose request was whole, gets what the server makes of that: 400, 408, an end, or nothing.',
  imitates: 'A client that dies or loses its network while it sends, a proxy that restarts, a filter that lets the first packet pass.',
  params: {
    bytes: { type: 'number', default: 40, min: 0, max: 65_536, whole: true, about: 'How much of the head the server gets.' },
    end: { type: 'string', default: 'fin', choices: endingHows, about: 'What follows: `fin`, `reset`, or `silence` for ever.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after those bytes, milliseconds.' },
  },
  example: 'cut-request:bytes=40,end=fin',
  expects: ['client.closed-early'],
  effects: [
    ...refusedEffects,
    { client: 'ws (Node), with `end=reset`', sees: 'read ECONNRESET or socket hang up.' },
    {
      client: 'every client, with `end=silence`',
      sees: 'Nothing until its own limit, or until the server gives up (Node answers 408 after 60 s).',
    },
  ],
  apply: ({ raw }, { bytes, end, ms }) => (bytes >= raw.length ? undefined : { raw: raw.slice(0, bytes), end, endMs: ms }),
});
