// @ts-check
import { camel, catalogueText, demand, sourcesIn } from './sources.mjs';

/** @type {import('../generate.mjs').Product} */
export const scenarioCatalogue = {
  path: 'src/faults/scenario-catalogue.ts',
  from: 'src',
  make: (root) => {
    const sources = sourcesIn(root, 'src/faults', ['scenarios']);
    for (const source of sources) {
      demand(source, 'export const scenario: Scenario = {');
      demand(source, `id: '${source.name}',`);
    }
    return catalogueText({ sources, exported: 'scenario', type: 'Scenario', list: 'scenarios', nameOf: ({ name }) => camel(name) });
  },
};
