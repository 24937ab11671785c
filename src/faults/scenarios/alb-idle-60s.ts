import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'alb-idle-60s',
  title: 'An AWS load balancer ends WebSockets that say nothing for a minute',
  about:
    'A WebSocket on which no byte has come from either side for 60 seconds ends without a Close: the client sees 1006. Pings more often than that keep it open. For a shorter wait copy the rule and change `ms`.',
  imitates: 'An Application Load Balancer with its default idle timeout of 60 s; `proxy_read_timeout` of nginx does the same.',
  rules: `rules:
  - name: idle for 60 s
    faults:
      - idle-cut: { ms: 60000 }
`,
  expects: ['intermediary.idle-timeout'],
};
