import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'deploy-restart',
  title: 'The server is deployed anew',
  about:
    'For ten seconds from arming all is well, and WebSockets that open then end without a Close ten seconds after they opened, as when the process is killed. After that nothing listens for five seconds, and then the balancer says 503 for five more, until the new server is there.',
  imitates: 'A rolling deployment, `docker compose up -d`, a restart by systemd: the moment when all clients come back at once.',
  rules: `rules:
  - name: the old server ends
    match: { until: 10s }
    faults:
      - age-cut: { ms: 10000 }
  - name: nothing listens
    match: { after: 10s, until: 15s }
    faults:
      - dial-error: { code: ECONNREFUSED }
  - name: not ready yet
    match: { after: 15s, until: 20s }
    faults: [unavailable]
`,
  expects: ['intermediary.max-lifetime', 'url.refused', 'intermediary.unavailable'],
};
