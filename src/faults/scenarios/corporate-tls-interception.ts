import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'corporate-tls-interception',
  title: 'The company opens TLS with a certificate of its own',
  about:
    "Every TLS client is shown a certificate of the right name whose CA it does not know, issued in the name of Zscaler. Browsers of a managed machine would trust that CA; Node, Python, Java and Go do not look into the system's store.",
  imitates: 'Zscaler, Netskope, Palo Alto or another product that inspects TLS, on a machine whose runtime has a list of CAs of its own.',
  rules: `rules:
  - name: inspected
    faults:
      - tls-intercept: { vendor: zscaler }
`,
  expects: ['intermediary.tls-interception'],
};
