// @ts-check
/**
 * Writes every list that the source already says: catalogues, documentation. `--check` writes none of them and fails, naming each
 * stale file. `--root DIR` works on another checkout.
 *
 * A product is one small file in scripts/generate/. Those from `src` read the source tree and come first, because the build needs
 * them; those from `dist` read what was built.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './generate/build.mjs';
import { cliDocs } from './generate/cli-docs.mjs';
import { clientDocs } from './generate/client-docs.mjs';
import { controlApiDocs } from './generate/control-api-docs.mjs';
import { faultCatalogue } from './generate/fault-catalogue.mjs';
import { faultDocs } from './generate/fault-docs.mjs';
import { faultObservationDocs } from './generate/fault-observation-docs.mjs';
import { faultRowDocs } from './generate/fault-row-docs.mjs';
import { filterDocs } from './generate/filter-docs.mjs';
import { findingDocs } from './generate/finding-docs.mjs';
import { fixDocs } from './generate/fix-docs.mjs';
import { formatDocs } from './generate/format-docs.mjs';
import { inspectSchema } from './generate/inspect-schema.mjs';
import { keyDocs } from './generate/key-docs.mjs';
import { recordingDocs } from './generate/recording-docs.mjs';
import { recordingSchema } from './generate/recording-schema.mjs';
import { ruleCatalogue } from './generate/rule-catalogue.mjs';
import { rulesSchema } from './generate/rules-schema.mjs';
import { scenarioCatalogue } from './generate/scenario-catalogue.mjs';
import { scenarioDocs } from './generate/scenario-docs.mjs';
import { setupDocs } from './generate/setup-docs.mjs';

/**
 * @typedef {object} Product
 * @property {string} path Where it goes, from the root.
 * @property {'src' | 'dist'} from What it is made from.
 * @property {(root: string) => string | Promise<string>} make The whole text of the file. Throws an Error that tells what is wrong with the source.
 */

/** @type {readonly Product[]} */
const products = [
  faultCatalogue,
  scenarioCatalogue,
  ruleCatalogue,
  faultDocs,
  faultObservationDocs,
  faultRowDocs,
  scenarioDocs,
  rulesSchema,
  findingDocs,
  fixDocs,
  cliDocs,
  clientDocs,
  controlApiDocs,
  filterDocs,
  formatDocs,
  keyDocs,
  recordingDocs,
  inspectSchema,
  recordingSchema,
  setupDocs,
];

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, root: { type: 'string' } } });
const root = resolve(values.root ?? join(dirname(fileURLToPath(import.meta.url)), '..'));

/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
};

/** @param {'src' | 'dist'} from @returns {Promise<string[]>} the paths that were stale */
const bringUpToDate = async (from) => {
  const stale = [];
  for (const product of products.filter((one) => one.from === from)) {
    const text = await product.make(root);
    if (read(product.path) === text) continue;
    stale.push(product.path);
    if (values.check) continue;
    mkdirSync(dirname(join(root, product.path)), { recursive: true });
    writeFileSync(join(root, product.path), text);
    console.log(`wrote ${product.path}`);
  }
  return stale;
};

try {
  const stale = await bringUpToDate('src');
  buildIfStale(root);
  stale.push(...(await bringUpToDate('dist')));
  if (values.check && stale.length > 0) {
    for (const path of stale) console.error(`${path} is stale.`);
    console.error('Run `npm run generate` and commit the result.');
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
