// @ts-check
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Source
 * @property {string} folder `request`
 * @property {string} name `drop-upgrade`
 * @property {string} path `src/faults/request/drop-upgrade.ts`
 * @property {string} text
 */

/**
 * The files of the given folders under `base`: folders in that order, files by name. A folder may be absent.
 *
 * @param {string} root
 * @param {string} base `src/faults`
 * @param {readonly string[]} folders
 * @returns {Source[]}
 */
export const sourcesIn = (root, base, folders) =>
  folders.flatMap((folder) => {
    if (!statSync(join(root, base, folder), { throwIfNoEntry: false })) return [];
    const files = readdirSync(join(root, base, folder)).filter((file) => file.endsWith('.ts'));
    return files.sort().map((file) => {
      const path = `${base}/${folder}/${file}`;
      return { folder, name: file.slice(0, -'.ts'.length), path, text: readFileSync(join(root, path), 'utf8') };
    });
  });

/**
 * @param {Source} source
 * @param {string} line What the file must say somewhere, `export const fault = `.
 */
export const demand = (source, line) => {
  if (!source.text.includes(line)) throw new Error(`${source.path} does not say \`${line}\`. One file, one entry, named as its file.`);
};

/** @param {string} kebab @returns {string} `not-yet-valid` as `notYetValid` */
export const camel = (kebab) => kebab.replace(/[-.](.)/g, (_, letter) => letter.toUpperCase());

/**
 * A catalogue: an array of what the sources export under `exported`.
 *
 * @param {{ sources: readonly Source[], exported: string, type: string, list: string, nameOf: (source: Source) => string }} options
 */
export const catalogueText = ({ sources, exported, type, list, nameOf }) => {
  const imports = sources.map((source) => `import { ${exported} as ${nameOf(source)} } from './${source.folder}/${source.name}.js';`);
  const entries = sources.map((source) => `  ${nameOf(source)},`);
  return [
    '// Written by `npm run generate`; do not edit.',
    ...imports,
    `import type { ${type} } from './${exported}.js';`,
    '',
    ...(entries.length === 0
      ? [`export const ${list}: readonly ${type}[] = [];`]
      : [`export const ${list}: readonly ${type}[] = [`, ...entries, '];']),
    '',
  ].join('\n');
};
