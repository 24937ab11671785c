import { isAddress, nameCovers, type Shown, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

const carriesName = ({ host, leaf }: Shown): boolean => {
  if (!leaf || host === '') return true;
  return isAddress(host) ? leaf.ipAddresses.includes(host) : leaf.dnsNames.some((name) => nameCovers(name, host));
};

export const rule = defineRule({
  code: 'certificate.name-mismatch',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate is for another name',
  question: 'Does no subject alternative name match the host of the URL?',
  remedy:
    'Use the host that the certificate names, or issue one for this host. A certificate of another site often means that no virtual host is configured for this name.',
  fixes: [
    {
      for: 'the server',
      text: 'Issue the certificate for every name in use; an IP address needs an entry of type IP.',
      config: 'subjectAltName = DNS:app.example, IP:10.0.0.5',
    },
    { for: 'the client', text: 'Use the host that the certificate names.' },
    { for: 'nginx', text: 'Give the name a server block of its own, or the default one answers.', config: 'server_name app.example;' },
  ],
  rfc: 'RFC 9525 6',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'name-mismatch',
      codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH', 'IP_ADDRESS_MISMATCH'],
      kinds: ['wrong-host'],
      facts: (shown) => {
        const names = [...(shown.leaf?.dnsNames ?? []), ...(shown.leaf?.ipAddresses ?? [])];
        if (names.length === 0 || carriesName(shown)) return undefined;
        return [
          certificateField(shown.leg, 'subjectAltName', names.join(', ')),
          { leg: shown.leg, what: 'tls', text: `asked for ${shown.host}` },
        ];
      },
      title: (shown) => `${whose(shown)} is for another name than ${shown.host}`,
    }),
});
