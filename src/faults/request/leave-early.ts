import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'leave-early',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The server sees the client leave before the answer',
  about:
    'The server gets the whole handshake, and then the connection to it ends before it can answer. The client hears nothing of that and waits. It shows what the server does with a handshake whose client is gone: whether it cleans up, and what stands in its log.',
  imitates:
    'A page that is left or reloaded while it connects, a React effect that runs twice, a client that gives up, a proxy with a short timeout.',
  params: {
    end: { type: 'string', default: 'reset', choices: ['reset', 'fin'], about: 'How the connection to the server ends.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the request, milliseconds.' },
  },
  example: 'leave-early',
  expects: ['client.closed-early'],
  effects: [
    { client: 'every client', sees: 'No answer until its own limit: ws none by default, Python websockets 10 s, Chromium some minutes.' },
    { client: 'ws as the server', sees: "An 'error' on the socket (ECONNRESET), or close 1006 right after 'connection'." },
  ],
  rows: ['cli.close-early'],
  apply: ({ raw }, { end, ms }) => ({ raw, end, endMs: ms, other: 'waits' }),
});
