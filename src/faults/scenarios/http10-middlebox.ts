import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'http10-middlebox',
  title: 'Something on the way speaks only HTTP/1.0',
  about:
    'The request reaches the server as HTTP/1.0, in which there is no Upgrade (RFC 6455 section 4.2.1 asks for 1.1), and with `Connection: close`. The server takes it for a plain request.',
  imitates:
    'An old transparent proxy of a provider, an antivirus program that scans HTTP, `proxy_pass` of an nginx without `proxy_http_version`.',
  rules: `rules:
  - name: HTTP/1.0
    faults:
      - http10-request: { connection: close }
`,
  expects: ['intermediary.connection-header-lost'],
};
