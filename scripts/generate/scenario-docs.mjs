// @ts-check
import { anchor, built, builtRules, code, fence, notice, page, prose, table } from './markdown.mjs';

/** @typedef {import('../../src/faults/scenario.js').Scenario} Scenario */
/** @typedef {import('../../src/faults/rules/read-rule.js').Rule} Rule */

const intro = `A scenario is a named bundle of faults that do together what something in the wild does. Arm one with \`--scenario ID\` (repeatable), or in a
[rules file](guides/rules.md) with \`- use: ID\`, where a \`match\` narrows it to some exchanges. \`shakedown faults --scenarios\` prints this list, \`shakedown faults ID\` one
entry. The rules of each stand below as a rules file has them: copy them to change them.`;

/** @type {import('../generate.mjs').Product} */
export const scenarioDocs = {
  path: 'docs/scenarios.md',
  from: 'dist',
  make: async (root) => {
    /** @type {{ scenarios: readonly Scenario[] }} */
    const { scenarios } = await built(root, 'faults/scenario-catalogue.js');
    const { scenarioRules } = await built(root, 'faults/rules/parse-rules.js');
    const codes = new Set((await builtRules(root)).map((rule) => rule.code));
    /** @param {Scenario} scenario @returns {readonly string[]} */
    const faultsOf = ({ id }) => {
      /** @type {readonly Rule[]} */
      const rules = scenarioRules(id, { http2: 'mirror' });
      return [...new Set(rules.flatMap(({ choices }) => choices.map(({ fault }) => fault)))];
    };
    return page([
      notice,
      '# Scenarios',
      intro,
      table(
        ['scenario', 'what happens', 'faults'],
        scenarios.map((scenario) => [
          `[${scenario.id}](#${anchor(scenario.id)})`,
          scenario.title,
          faultsOf(scenario)
            .map((id) => `[${id}](faults.md#${anchor(id)})`)
            .join(', '),
        ]),
      ),
      ...scenarios.flatMap((scenario) => section(scenario, codes)),
    ]);
  },
};

/** @param {Scenario} scenario @param {ReadonlySet<string>} codes Those that docs/findings.md has. */
const section = ({ id, title, about, imitates, rules, expects }, codes) => [
  `## ${id}`,
  `**${prose(title)}.** ${prose(about)}`,
  `In real life: ${prose(imitates)}`,
  fence('sh', `shakedown start --scenario ${id}`),
  fence('yaml', rules.trim()),
  expects.length === 0
    ? 'A peer that keeps to its RFC does not mind: it gives no finding.'
    : `Findings to expect: ${expects.map((finding) => (codes.has(finding) ? `[${code(finding)}](findings.md#${anchor(finding)})` : code(finding))).join(', ')}.`,
];
