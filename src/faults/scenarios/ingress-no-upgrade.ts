import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'ingress-no-upgrade',
  title: 'An ingress passes requests on, but no upgrades',
  about:
    'The handshake reaches the server over HTTP/1.1 with the forwarding fields of an ingress and without its Upgrade. The server sees a plain request.',
  imitates: 'A Kubernetes ingress, an API gateway or a service mesh in which WebSockets are not switched on for the route.',
  rules: `rules:
  - name: the route knows no WebSocket
    faults:
      - drop-upgrade: { connection: drop }
      - proxy-fields: { style: x-forwarded }
`,
  expects: ['intermediary.upgrade-stripped'],
};
