// @ts-check
import { camel, catalogueText, demand, sourcesIn } from './sources.mjs';

/** Folders of src/diagnosis that hold rules: the first word of a finding's code. `explain/` and `remedies/` hold none. */
const families = ['url', 'origin', 'intermediary', 'certificate', 'tls', 'server', 'frame', 'client'];

/** @type {import('../generate.mjs').Product} */
export const ruleCatalogue = {
  path: 'src/diagnosis/catalogue.ts',
  from: 'src',
  make: (root) => {
    const sources = sourcesIn(root, 'src/diagnosis', families);
    for (const source of sources) {
      demand(source, 'export const rule = ');
      demand(source, `code: '${source.folder}.${source.name}',`);
    }
    const nameOf = (/** @type {import('./sources.mjs').Source} */ { folder, name }) => camel(`${folder}.${name}`);
    return catalogueText({ sources, exported: 'rule', type: 'Rule', list: 'rules', nameOf });
  },
};
