// @ts-check
import { productFix } from './fix-docs.mjs';
import { anchor, built, builtRemedies, code, fence, notice, page, prose, table } from './markdown.mjs';

/** @typedef {import('../../src/control/finding-page.js').FindingPage} FindingPage */
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
    /** @type {readonly FindingPage[]} */
    const pages = (await built(root, 'control/finding-page.js')).findingPages();
    const topics = await builtRemedies(root);
    return page([
      notice,
      '# Findings',
      intro,
      '## Index',
      ...Object.entries(causes).flatMap(([cause, title]) => index(title, cause, pages)),
      ...pages.flatMap((entry) => section(entry, topics)),
    ]);
  },
};

/** @param {string} title @param {string} cause @param {readonly FindingPage[]} pages */
const index = (title, cause, pages) => {
  const rows = pages.filter((entry) => entry.cause === cause).map((entry) => [link(entry.code), entry.title, entry.question]);
  return rows.length === 0 ? [] : [`### ${title}`, `Cause ${code(cause)}.`, table(['code', 'what it says', 'what proves it'], rows)];
};

/** @param {string} finding */
const link = (finding) => `[${code(finding)}](#${anchor(finding)})`;

/** @param {FindingPage} entry @param {readonly Topic[]} topics All remedies. */
const section = (entry, topics) => {
  const own = entry.fixes.filter((fix) => productFix(topics, fix) === undefined);
  return [
    `## ${entry.code}`,
    `**${prose(entry.title)}.** Cause ${code(entry.cause)}, severity ${code(entry.severity)}${entry.rfc === '' ? '' : `, ${entry.rfc}`}.`,
    `${entry.seenBy === 'client' ? 'No exchange shows it; only the client can tell' : 'What proves it'}: ${prose(entry.question)}`,
    `What to do: ${prose(entry.remedy)}`,
    list([...own.map(ownFix), ...topics.flatMap((topic) => links(entry, topic))]),
    alike('It may in truth be', entry.explainedBy),
    alike('From further away it looks like', entry.explains),
    words(entry),
    entry.faults.length === 0
      ? undefined
      : `Make it happen: ${entry.faults.map((id) => `[${code(id)}](faults.md#${anchor(id)})`).join(', ')}.`,
  ];
};

/** @param {string} lead @param {readonly string[]} codes */
const alike = (lead, codes) => (codes.length === 0 ? undefined : `${lead} ${codes.map(link).join(', ')}.`);

/** Sentences of clients that are worth their lines; `shakedown findings CODE --json` has them all. */
const mostWords = 8;

/** @param {FindingPage} entry */
const words = ({ clients }) => {
  if (clients.length === 0) return undefined;
  const more = clients.length - mostWords;
  const lines = clients.slice(0, mostWords).map(({ clients: who, text }) => `- ${who.join(', ')}: ${span(text)}`);
  return ['What clients say:', '', ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
};

/** A code span that the text cannot end, on one line. @param {string} text */
const span = (text) => {
  const line = text.trim().replace(/\s*\n\s*/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : code(line);
};

/** @param {import('../../src/model/finding.js').Fix} fix */
const ownFix = ({ for: who, text, config }) => {
  const said = `- **${who}**: ${prose(text)}`;
  if (config === undefined) return said;
  const short = !/[\n`]/.test(config) && config.length <= 100;
  return short ? `${said} ${code(config)}` : `${said}\n\n${indented(fence('', config))}\n`;
};

/** One line for all products that know this topic. @param {FindingPage} entry @param {Topic} topic */
const links = (entry, topic) => {
  const products = entry.fixes.flatMap((fix) => productFix([topic], fix) ?? []);
  if (products.length === 0) return [];
  return [`- ${topic.about.replace(/\.$/, '')}: ${products.map(({ name, at }) => `[${name}](fixes.md#${at})`).join(', ')}.`];
};

/** @param {readonly string[]} items */
const list = (items) => (items.length === 0 ? undefined : items.join('\n').replace(/\n+$/, ''));

/** Belongs to the list item above. @param {string} text */
const indented = (text) => text.replace(/^(?=.)/gm, '  ');
