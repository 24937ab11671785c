// @ts-check
import { anchor, builtFaults, builtRules, code, fence, notice, page, prose, table } from './markdown.mjs';

/** @typedef {import('../../src/diagnosis/rule.js').Rule} Rule */

const intro = `A finding is one diagnosed problem: a code, a cause, the evidence and the fix. Codes never change their meaning. \`shakedown findings\` prints this
list, \`shakedown findings CODE\` one entry.`;

/** @type {import('../generate.mjs').Product} */
export const findingDocs = {
  path: 'docs/findings.md',
  from: 'dist',
  make: async (root) => {
    const rules = await builtRules(root);
    const faults = await builtFaults(root);
    const rows = rules.map((rule) => [`[${code(rule.code)}](#${anchor(rule.code)})`, rule.cause, rule.severity, rule.title]);
    return page([
      notice,
      '# Findings',
      intro,
      rules.length === 0 ? undefined : table(['code', 'cause', 'severity', 'what it says'], rows),
      ...rules.flatMap((rule) => section(rule, provokers(rule, faults))),
    ]);
  },
};

/** @param {Rule} rule @param {readonly import('../../src/faults/fault.js').Fault[]} faults */
const provokers = (rule, faults) => faults.filter((fault) => fault.expects.includes(rule.code)).map((fault) => fault.id);

/** @param {Rule} rule @param {readonly string[]} faults Ids of those that provoke it. */
const section = (rule, faults) => [
  `## ${rule.code}`,
  `**${prose(rule.title)}**`,
  `Cause ${code(rule.cause)}, severity ${code(rule.severity)}${rule.rfc === '' ? '' : `, ${rule.rfc}`}.`,
  `What proves it: ${prose(rule.question)}`,
  `What to do: ${prose(rule.remedy)}`,
  ...rule.fixes.flatMap((fix) => [`- **${fix.for}**: ${prose(fix.text)}`, ...(fix.config === undefined ? [] : [fence('', fix.config)])]),
  faults.length === 0 ? undefined : `Make it happen: ${faults.map((id) => `[${code(id)}](faults.md#${anchor(id)})`).join(', ')}.`,
];
