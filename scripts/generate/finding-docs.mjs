// @ts-check
import { productFix } from './fix-docs.mjs';
import { anchor, builtFaults, builtRemedies, builtRules, code, fence, notice, page, prose, table } from './markdown.mjs';

/** @typedef {import('../../src/diagnosis/rule.js').Rule} Rule */
/** @typedef {import('./markdown.mjs').Topic} Topic */

/** In the order of the catalogue: the five causes of a failed handshake, then the two side families. */
const causes = {
  url: 'Incorrect URL',
  origin: 'Origin refused (what people call the CORS error)',
  intermediary: 'A firewall or proxy in between',
  certificate: 'TLS or certificate',
  server: 'Server configuration',
  frame: 'Frames, after the handshake',
  client: 'The client',
};

const intro = `A finding is one diagnosed problem: a code, a cause, the evidence and the fix. Codes never change their meaning. \`shakedown findings\` prints this
list, \`shakedown findings CODE\` one entry. Every finding of one exchange carries the bytes, the certificate field or the time that proves it, and how sure they make
it; several findings are ordered, the most likely first. Configurations for servers, proxies and clients stand once each in [fixes.md](fixes.md).`;

/** @type {import('../generate.mjs').Product} */
export const findingDocs = {
  path: 'docs/findings.md',
  from: 'dist',
  make: async (root) => {
    const rules = await builtRules(root);
    const faults = await builtFaults(root);
    const topics = await builtRemedies(root);
    return page([
      notice,
      '# Findings',
      intro,
      '## Index',
      ...Object.entries(causes).flatMap(([cause, title]) => index(title, cause, rules)),
      ...rules.flatMap((rule) => section(rule, { faults: provokers(rule, faults), topics })),
    ]);
  },
};

/** @param {string} title @param {string} cause @param {readonly Rule[]} rules */
const index = (title, cause, rules) => {
  const rows = rules
    .filter((rule) => rule.cause === cause)
    .map((rule) => [`[${code(rule.code)}](#${anchor(rule.code)})`, rule.title, rule.question]);
  return rows.length === 0 ? [] : [`### ${title}`, `Cause ${code(cause)}.`, table(['code', 'what it says', 'what proves it'], rows)];
};

/** @param {Rule} rule @param {readonly import('../../src/faults/fault.js').Fault[]} faults */
const provokers = (rule, faults) => faults.filter((fault) => fault.expects.includes(rule.code)).map((fault) => fault.id);

/** @param {Rule} rule @param {{ readonly faults: readonly string[], readonly topics: readonly Topic[] }} around Ids of faults that provoke it, and all remedies. */
const section = (rule, { faults, topics }) => {
  const own = rule.fixes.filter((fix) => productFix(topics, fix) === undefined);
  return [
    `## ${rule.code}`,
    `**${prose(rule.title)}.** Cause ${code(rule.cause)}, severity ${code(rule.severity)}${rule.rfc === '' ? '' : `, ${rule.rfc}`}.`,
    `What proves it: ${prose(rule.question)}`,
    `What to do: ${prose(rule.remedy)}`,
    list([...own.map(ownFix), ...topics.flatMap((topic) => links(rule, topic))]),
    faults.length === 0 ? undefined : `Make it happen: ${faults.map((id) => `[${code(id)}](faults.md#${anchor(id)})`).join(', ')}.`,
  ];
};

/** @param {import('../../src/model/finding.js').Fix} fix */
const ownFix = ({ for: who, text, config }) => {
  const said = `- **${who}**: ${prose(text)}`;
  if (config === undefined) return said;
  const short = !/[\n`]/.test(config) && config.length <= 100;
  return short ? `${said} ${code(config)}` : `${said}\n\n${indented(fence('', config))}\n`;
};

/** One line for all products that know this topic. @param {Rule} rule @param {Topic} topic */
const links = (rule, topic) => {
  const products = rule.fixes.flatMap((fix) => productFix([topic], fix) ?? []);
  if (products.length === 0) return [];
  return [`- ${topic.about.replace(/\.$/, '')}: ${products.map(({ name, at }) => `[${name}](fixes.md#${at})`).join(', ')}.`];
};

/** @param {readonly string[]} items */
const list = (items) => (items.length === 0 ? undefined : items.join('\n').replace(/\n+$/, ''));

/** Belongs to the list item above. @param {string} text */
const indented = (text) => text.replace(/^(?=.)/gm, '  ');
