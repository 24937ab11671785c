import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'nginx-default',
  title: 'nginx stands in front of the server, with proxy_pass and nothing else',
  about:
    'The handshake reaches the server as HTTP/1.0, without Upgrade and with `Connection: close`, under the Host of the `proxy_pass`, and what the server answers carries the Server field of nginx. The server sees a plain request and mostly answers 426, 400 or 404.',
  imitates:
    'A location block without `proxy_http_version 1.1`, `proxy_set_header Upgrade` and `proxy_set_header Connection`; the default of nginx up to 1.29.',
  rules: `rules:
  - name: nginx without the two header lines
    faults:
      - nginx-hop
      - set-answer-field: { name: Server, value: nginx }
`,
  expects: ['intermediary.upgrade-stripped'],
};
