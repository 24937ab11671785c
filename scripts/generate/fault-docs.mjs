// @ts-check
import { anchor, built, builtFaults, builtRules, code, fence, notice, page, prose, table } from './markdown.mjs';

/** @typedef {import('../../src/faults/fault.js').Fault} Fault */
/** @typedef {import('../../src/faults/param-spec.js').ParamSpec} ParamSpec */
/** @typedef {typeof import('../../src/faults/fault-words.js')} Words */

const intro = `A fault is one deliberate misbehaviour at one stage of one leg. Arm one with \`--fault ID[:key=value,...]\`, in the terminal UI
(\`f\`), or from a test with the library's \`arm\`. \`shakedown faults\` prints this list, \`shakedown faults ID\` one entry.

- A value runs to the next comma, so it may hold colons: \`wrong-origin:value=https://staging.example:8443\`. Put a value with a comma in double
  quotes; inside them \`\\"\` is a quote and \`\\\\\` a backslash.
- Every fault also takes what says on which exchanges it works: \`probability\` (0 to 1, drawn from \`--seed\`), \`times\` (how many exchanges get it
  before it is disarmed), \`match\` (a text of the [filter language](filter.md)), and of the exchanges that match \`nth\` (only that one), \`first\` (only
  the first so many), \`every\` (each so-manieth); \`after\` and \`until\` are milliseconds since it was armed.
- What each fault makes of the failures that are known from the wild: [fault-rows.md](fault-rows.md). What clients said: [fault-observations.md](fault-observations.md).
- Faults of one stage apply in the order in which they were armed. Each one that was applied is recorded on its exchange, with what would have
  crossed and what did. A fault that fails is reported, and the traffic passes without it.`;

/** @type {import('../generate.mjs').Product} */
export const faultDocs = {
  path: 'docs/faults.md',
  from: 'dist',
  make: async (root) => {
    const faults = await builtFaults(root);
    const words = await built(root, 'faults/fault-words.js');
    const codes = new Set((await builtRules(root)).map((rule) => rule.code));
    const rows = faults.map((fault) => [`[${fault.id}](#${anchor(fault.id)})`, fault.stage, fault.leg, fault.title]);
    return page([
      notice,
      '# Faults',
      intro,
      table(['fault', 'stage', 'leg', 'what happens'], rows),
      ...faults.flatMap((fault) => section(fault, { codes, words })),
    ]);
  },
};

/**
 * @param {Fault} fault
 * @param {{ readonly codes: ReadonlySet<string>, readonly words: Words }} known Codes: those that docs/findings.md has.
 */
const section = (fault, { codes, words }) => {
  const params = Object.entries(fault.params);
  const findings = fault.expects.map((expected) =>
    codes.has(expected) ? `[${code(expected)}](findings.md#${anchor(expected)})` : code(expected),
  );
  return [
    `## ${fault.id}`,
    `**${prose(fault.title)}.** ${words.placeText(fault)}`,
    prose(fault.about),
    `In real life: ${prose(fault.imitates)}`,
    fence('sh', `shakedown start --fault ${fault.example}`),
    params.length === 0
      ? 'It takes no parameters of its own.'
      : table(['parameter', 'values', 'default', 'meaning'], params.map(paramRow(words))),
    findings.length === 0 ? words.nothingExpected : `Diagnosed as: ${findings.join(', ')}.`,
    table(
      ['client', 'what it shows'],
      fault.effects.map((effect) => [effect.client, effect.sees]),
    ),
  ];
};

/** @param {Words} words @returns {(entry: [string, ParamSpec]) => string[]} */
const paramRow =
  (words) =>
  ([name, spec]) => [code(name), spec.choices ? spec.choices.map(code).join(', ') : words.rangeText(spec), code(spec.default), spec.about];
