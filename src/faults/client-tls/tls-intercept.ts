import { defineFault } from '../fault.js';

/** Issuers as these products name them, where they are not renamed by the company. */
const issuers: Readonly<Record<string, string>> = {
  zscaler: 'Zscaler Intermediate Root CA (zscalertwo.net)',
  fortinet: 'FortiGate CA',
  netskope: 'ca.example.goskope.com Netskope',
  'palo-alto': 'Palo Alto Networks Decryption CA',
  'cisco-umbrella': 'Cisco Umbrella Secondary SubCA',
  sophos: 'Sophos SSL CA',
  'blue-coat': 'Blue Coat SSL Proxy CA',
  'check-point': 'Check Point Security Gateway CA',
  kaspersky: 'Kaspersky Anti-Virus Personal Root Certificate',
  eset: 'ESET SSL Filter CA',
  avast: 'Avast Web/Mail Shield Root',
  mitmproxy: 'mitmproxy',
  charles: 'Charles Proxy CA',
};

export const fault = defineFault({
  id: 'tls-intercept',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: "A security product's certificate stands in for the server's",
  about:
    'The client is shown a certificate for the right name, issued by a CA that is called as that of a product which opens TLS. The CA is new for this run: no client knows it, as Node, Python, Java and Go do not know the one that the company put into the store of the system.',
  imitates: 'The TLS inspection of a company network, an antivirus program on the machine, a debugging proxy that was left running.',
  params: {
    vendor: {
      type: 'string',
      default: 'zscaler',
      choices: [
        'zscaler',
        'fortinet',
        'netskope',
        'palo-alto',
        'cisco-umbrella',
        'sophos',
        'blue-coat',
        'check-point',
        'kaspersky',
        'eset',
        'avast',
        'mitmproxy',
        'charles',
      ],
      about: 'Whose CA it looks like.',
    },
    root: { type: 'boolean', default: true, about: 'Whether the certificate of that CA is sent along.' },
  },
  example: 'tls-intercept:vendor=zscaler',
  expects: ['intermediary.tls-interception'],
  effects: [
    {
      client: 'Node (ws)',
      sees: 'SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate in certificate chain; without `root` UNABLE_TO_VERIFY_LEAF_SIGNATURE.',
    },
    { client: 'Chromium', sees: 'net::ERR_CERT_AUTHORITY_INVALID.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1015." },
    { client: 'Python and curl', sees: 'self-signed certificate in certificate chain.' },
    { client: 'Go (gorilla)', sees: 'x509: certificate signed by unknown authority.' },
  ],
  refusedBy: {
    node: 'self-signed certificate in certificate chain',
    curl: '60 self-signed certificate in certificate chain',
    python: 'self-signed certificate in certificate chain',
    go: 'signed by unknown authority',
    java: 'unable to find valid certification path',
    chromium: 'ERR_CERT_AUTHORITY_INVALID',
    firefox: 'refused',
  },
  rows: ['cert.intercept'],
  apply: (_, { vendor, root }) => ({
    recipe: root ? 'unknown-root' : 'unknown-ca',
    certificate: { issuerName: issuers[vendor] ?? vendor },
  }),
});
