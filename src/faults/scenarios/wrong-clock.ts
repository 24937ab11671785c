import type { Scenario } from '../scenario.js';

export const scenario: Scenario = {
  id: 'wrong-clock',
  title: 'The clock of the device is a year behind',
  about:
    "The server's certificate begins in a year from now, as a sound one does for a client whose clock stands in the last year. Nothing but the certificate's dates is wrong.",
  imitates:
    'A device whose battery was empty, a virtual machine that was restored from a snapshot, a board without a clock before NTP has answered.',
  rules: `rules:
  - name: a year behind
    faults:
      - clock-skew: { hours: 8760, clock: behind }
`,
  expects: ['certificate.not-yet-valid'],
};
