import type { Scenario } from '../faults/scenario.js';

/** One scenario in full, as `shakedown faults ID` prints it. */
export const scenarioText = ({ id, title, about, imitates, rules, expects }: Scenario): string =>
  [
    `${id}: ${title}`,
    '',
    about,
    `In real life: ${imitates}`,
    '',
    `Example: shakedown start --scenario ${id}`,
    expects.length === 0 ? 'It gives no finding.' : `Findings to expect: ${expects.join(', ')}`,
    '',
    'Its rules, as a rules file has them:',
    ...rules
      .trim()
      .split('\n')
      .map((line) => `  ${line}`),
  ].join('\n');
