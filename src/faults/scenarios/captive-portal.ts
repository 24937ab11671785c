import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'captive-portal',
  title: 'The network wants a login first',
  about:
    "A handshake in the clear is redirected to the login page of the network. Whoever speaks TLS meets the certificate of the portal in place of the server's, because the portal answers on every address.",
  imitates: 'The wireless network of a hotel, a train or an airport before somebody has clicked "accept".',
  rules: `rules:
  - name: in the clear
    match: { scheme: ws }
    faults: [captive-portal]
  - name: TLS
    faults:
      - bad-cert: { kind: self-signed }
`,
  expects: ['intermediary.captive-portal', 'certificate.self-signed'],
};
