import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'cloudflare-waf',
  title: 'Cloudflare takes the handshake for that of a bot',
  about:
    'The handshake is answered with 403 and the challenge page of Cloudflare, which only a browser tab could pass: a WebSocket cannot show it. Narrow it with a match to see what the app does when only some of its hosts are behind it.',
  imitates: 'A managed rule, bot fight mode or "Under Attack" mode of Cloudflare in front of an API.',
  rules: `rules:
  - name: challenged
    faults:
      - waf-block: { brand: cloudflare }
`,
  expects: ['intermediary.waf-block'],
};
