import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'tls-garbage',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The ClientHello is answered with bytes of no protocol',
  about:
    'In place of a ServerHello come random bytes, none of which begins a TLS record, and then an end. The same seed gives the same bytes.',
  imitates: 'An obfuscated or compressed tunnel behind the port, a proprietary protocol, a proxy that mixed up two connections.',
  params: {
    bytes: { type: 'number', default: 64, min: 1, max: 65_536, whole: true, about: 'How many.' },
    end: { type: 'string', default: 'fin', choices: endingHows, about: 'How the connection ends behind them.' },
  },
  example: 'tls-garbage',
  expects: ['url.wrong-service'],
  effects: [
    { client: 'Node (ws)', sees: 'write EPROTO ... wrong version number.' },
    { client: 'Chromium', sees: 'net::ERR_SSL_PROTOCOL_ERROR.' },
    { client: 'Go (gorilla)', sees: 'tls: first record does not look like a TLS handshake.' },
  ],
  refusedBy: {
    node: 'wrong version number',
    curl: '35 wrong version number',
    python: 'wrong version number',
    go: 'first record does not look like a TLS handshake',
    java: 'plaintext connection',
    chromium: 'ERR_SSL_PROTOCOL_ERROR',
    firefox: 'refused',
  },
  apply: (_, { bytes, end }, { random }) => {
    // From 0x80 on begins no record of TLS and no line of text. The second byte would be a version: a client that reads 3 there takes the next two
    // for a length, and waits.
    const strange = (): number => 0xa0 + Math.floor(random.next() * 0x5f);
    const drawn = Array.from({ length: bytes }, (_byte, at) => (at < 2 ? strange() : Math.floor(random.next() * 256)));
    return { instead: { bytes: drawn.map((byte) => String.fromCharCode(byte)).join(''), end } };
  },
});
