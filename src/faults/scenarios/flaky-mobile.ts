import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'flaky-mobile',
  title: 'A phone at the edge of its network',
  about:
    'Bytes take 150 ms and often much longer, some are sent again, the rate is that of a weak 3G cell, and every half minute nothing gets through for four seconds. Each tenth connection is not made at all.',
  imitates: 'A train, a lift, a car park, a crowd at a concert.',
  rules: `rules:
  - name: far from the mast
    faults:
      - latency: { ms: 150, jitter: 100, distribution: long-tail }
      - packet-loss: { chance: 0.03 }
      - bandwidth: { rate: 50000 }
      - outages: { period: 30000, ms: 4000 }
  - name: no connection
    match: { probability: 0.1 }
    faults:
      - dial-error: { code: ETIMEDOUT, ms: 3000 }
`,
  expects: ['url.unreachable'],
};
