import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'squid',
  title: 'A Squid with its default configuration stands between the app and the server',
  about:
    'CONNECT to any port but 443 is refused with 403 and the page of Squid. A handshake that comes in absolute form, as ws:// often does through an HTTP proxy, reaches the server without its Upgrade.',
  imitates: 'Squid with `http_access deny CONNECT !SSL_ports` and without `http_upgrade_request_protocols`, as it is installed.',
  rules: `rules:
  - name: CONNECT leads to port 443 only
    match: { entrance: connect, where: port != 443 }
    faults:
      - connect-deny: { code: 403, brand: squid }
  - name: no upgrade through plain HTTP
    match: { entrance: absolute }
    faults: [squid-hop]
`,
  expects: ['intermediary.connect-refused', 'intermediary.upgrade-stripped'],
};
