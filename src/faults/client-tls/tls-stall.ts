import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'tls-stall',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The ClientHello is never answered',
  about:
    'TCP stands, the ClientHello is taken, and nothing comes back, for ever. What happens next is up to the time limits of the client.',
  imitates:
    'A box on the way that loses the second packet of a large ClientHello (post-quantum keys), a path MTU that nobody was told of, a terminator without free workers.',
  params: {},
  example: 'tls-stall',
  expects: ['tls.handshake-timeout'],
  effects: [
    { client: 'Node (ws)', sees: 'Nothing for ever, unless handshakeTimeout is set: Opening handshake has timed out.' },
    { client: 'Python websockets', sees: 'TimeoutError after open_timeout (10 s).' },
    { client: 'Go (gorilla)', sees: 'i/o timeout after HandshakeTimeout (45 s by default).' },
    { client: 'curl', sees: 'Exit code 28 after --connect-timeout or --max-time.' },
  ],
  refusedBy: {
    node: 'refused',
    curl: 'refused',
    python: 'refused',
    go: 'refused',
    java: 'refused',
    chromium: 'refused',
    firefox: 'refused',
  },
  rows: ['url.blackhole'],
  apply: () => ({ instead: { bytes: '', end: 'silence' } }),
});
