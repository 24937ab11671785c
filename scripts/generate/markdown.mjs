// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unionIn, wordsOf } from './declarations.mjs';

export const notice = '<!-- Written by `npm run generate`; do not edit. -->';

/** Running text: what looks like a tag is shown, not swallowed; code spans are left alone. @param {string} text */
export const prose = (text) => text.replace(/(`[^`]*`)|</g, (_, span) => span ?? '&lt;');

/** @param {string} text One table cell: no bar, no line break. */
const cell = (text) =>
  prose(text)
    .replace(/\|/g, '\\|')
    .replace(/\s*\n\s*/g, ' ');

/**
 * @param {readonly string[]} columns
 * @param {readonly (readonly string[])[]} rows
 */
export const table = (columns, rows) =>
  [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** @param {unknown} value */
export const code = (value) => `\`${value}\``;

/** A fence that the text cannot end. @param {string} language @param {string} text */
export const fence = (language, text) => {
  const marks = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${marks}${language}\n${text.replace(/\n$/, '')}\n${marks}`;
};

/** The anchor that GitHub gives a heading. @param {string} heading */
export const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replace(/ /g, '-');

/** @param {readonly (string | undefined)[]} blocks Paragraphs, lists and tables; an undefined one is left out. */
export const page = (blocks) => `${blocks.filter((block) => block !== undefined).join('\n\n')}\n`;

/**
 * What fixes are about, with every product's own.
 *
 * @typedef {object} Topic
 * @property {string} name `upgrade`
 * @property {string} about A sentence.
 * @property {readonly import('../../src/model/finding.js').Fix[]} fixes
 */

/**
 * @param {string} root
 * @returns {Promise<readonly import('../../src/faults/fault.js').Fault[]>}
 */
export const builtFaults = async (root) => (await built(root, 'faults/catalogue.js')).faults;

/**
 * @param {string} root
 * @returns {Promise<readonly import('../../src/diagnosis/rule.js').Rule[]>}
 */
export const builtRules = async (root) => (await built(root, 'diagnosis/catalogue.js')).rules;

/** @param {string} root @returns {Promise<readonly Topic[]>} */
export const builtRemedies = async (root) => {
  const { remediesFor } = await built(root, 'diagnosis/remedies/remedies.js');
  const choices = unionIn(readFileSync(join(root, 'src/diagnosis/remedies/product.ts'), 'utf8'), 'Topic') ?? [];
  return choices.map(({ type, about }) => {
    const name = wordsOf(type)?.[0] ?? type;
    return { name, about, fixes: remediesFor(name) };
  });
};

/** A module of the build. @param {string} root @param {string} path */
export const built = (root, path) => import(pathToFileURL(join(root, 'dist', path)).href);
