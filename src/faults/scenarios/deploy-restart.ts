import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'deploy-restart',
  title: 'The server is deployed anew',
  about:
    'For ten seconds from arming all is well, and WebSockets that open then are closed with 1012 ten seconds after they opened. After that nothing listens for five seconds, and then the balancer says 503 for five more, until the new server is there.',
  imitates: 'A rolling deployment, `docker compose up -d`, a restart by systemd: the moment when all clients come back at once.',
  rules: `rules:
  - name: the old server says goodbye
    match: { until: 10s }
    faults:
      - early-close: { code: 1012, reason: service restart, message: 0, ms: 10000 }
  - name: nothing listens
    match: { after: 10s, until: 15s }
    faults:
      - dial-error: { code: ECONNREFUSED }
  - name: not ready yet
    match: { after: 15s, until: 20s }
    faults: [unavailable]
`,
  expects: ['server.close-policy', 'url.refused', 'intermediary.unavailable'],
};
