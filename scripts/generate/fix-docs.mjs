// @ts-check
import { anchor, builtRemedies, builtRules, code, fence, notice, page, prose, table } from './markdown.mjs';

/** @typedef {import('../../src/model/finding.js').Fix} Fix */
/** @typedef {import('./markdown.mjs').Topic} Topic */

const intro = `What to change in servers, proxies and clients, by product. [Findings](findings.md) link here; \`shakedown findings CODE\` prints the same texts. Names,
ports and paths in the configurations are examples. Where it says "tried with", a test runs the configuration with that release, and a handshake that failed
without it succeeds; the others were not run here.`;

/** @type {import('../generate.mjs').Product} */
export const fixDocs = {
  path: 'docs/fixes.md',
  from: 'dist',
  make: async (root) => {
    const topics = await builtRemedies(root);
    const rules = await builtRules(root);
    const names = [...new Set(topics.flatMap((topic) => topic.fixes.map((fix) => fix.for)))].sort((one, other) =>
      one.toLowerCase() < other.toLowerCase() ? -1 : 1,
    );
    /** Where a configuration stands first: some are the answer to two questions. @type {Map<string, string>} */
    const shown = new Map();
    return page([
      notice,
      '# Fixes',
      intro,
      table(
        ['what', 'for', 'named by'],
        topics.map((topic) => [topic.about, topic.fixes.map((fix) => link(topic, fix)).join(', '), namedBy(topic, rules).join(', ')]),
      ),
      ...names.flatMap((name) => [`## ${name}`, ...topics.flatMap((topic) => entries(topic, { name, shown }))]),
    ]);
  },
};

/** The heading of one remedy. @param {Topic} topic @param {Fix} fix */
const heading = (topic, fix) => `${fix.for}: ${topic.name}`;

/** @param {Topic} topic @param {Fix} fix */
const link = (topic, fix) => `[${fix.for}](#${anchor(heading(topic, fix))})`;

/** @param {Topic} topic @param {readonly import('../../src/diagnosis/rule.js').Rule[]} rules */
const namedBy = (topic, rules) =>
  rules
    .filter((rule) => rule.fixes.some((fix) => productFix([topic], fix)))
    .map((rule) => `[${code(rule.code)}](findings.md#${anchor(rule.code)})`);

/** @param {Topic} topic @param {{ name: string, shown: Map<string, string> }} options */
const entries = (topic, { name, shown }) =>
  topic.fixes
    .filter((fix) => fix.for === name)
    .flatMap((fix) => {
      const title = heading(topic, fix);
      const text = [`### ${title}`, prose(fix.text)];
      if (fix.config === undefined) return text;
      const tried = fix.ran === undefined ? 'Not run here.' : `Tried with ${fix.ran}.`;
      const elsewhere = shown.get(fix.config);
      if (elsewhere !== undefined) return [...text, `The configuration is that of [${elsewhere}](#${anchor(elsewhere)}). ${tried}`];
      shown.set(fix.config, title);
      return [...text, fence('', fix.config), tried];
    });

/** Where this fix stands in docs/fixes.md; undefined when it is a rule's own. @param {readonly Topic[]} topics @param {Fix} fix */
export const productFix = (topics, fix) => {
  for (const topic of topics) {
    const same = topic.fixes.find((one) => one.for === fix.for && one.text === fix.text && one.config === fix.config);
    if (same) return { name: same.for, at: anchor(heading(topic, same)) };
  }
  return undefined;
};
