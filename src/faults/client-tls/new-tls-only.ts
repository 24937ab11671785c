import { defineFault, noneRefuses } from '../fault.js';

export const fault = defineFault({
  id: 'new-tls-only',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server speaks TLS 1.3 only',
  about: 'The handshake is held to TLS 1.3. Clients of today do not notice; one that ends at TLS 1.2 is refused with protocol_version.',
  imitates:
    'An edge with the "modern" policy of a configuration generator, in front of old devices, Java 7, .NET Framework or OpenSSL 1.0.',
  params: {},
  example: 'new-tls-only',
  expects: ['tls.version'],
  effects: [
    { client: 'Node, browsers, Python, Go, curl', sees: 'Nothing: all of them speak TLS 1.3.' },
    { client: 'every client that is held to TLS 1.2', sees: 'Alert 70: tlsv1 alert protocol version.' },
  ],
  refusedBy: noneRefuses,
  apply: ({ versions }) => (versions.length === 0 ? undefined : { min: '1.3' }),
});
