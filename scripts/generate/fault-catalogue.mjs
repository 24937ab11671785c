// @ts-check
import { camel, catalogueText, demand, sourcesIn } from './sources.mjs';

/** Folders of src/faults, in the order in which a connection meets the stages: `stages` in src/model/fault-choice.ts. */
const stages = [
  ...['accept', 'entrance', 'client-tls', 'dial', 'server-tls', 'http2'],
  ...['request', 'response', 'http-response', 'message', 'frame', 'close', 'bytes'],
];

/** @type {import('../generate.mjs').Product} */
export const faultCatalogue = {
  path: 'src/faults/catalogue.ts',
  from: 'src',
  make: (root) => {
    const sources = sourcesIn(root, 'src/faults', stages);
    const pathOf = new Map();
    for (const source of sources) {
      demand(source, 'export const fault = ');
      demand(source, `id: '${source.name}',`);
      demand(source, `stage: '${source.folder}',`);
      const other = pathOf.get(source.name);
      if (other !== undefined) throw new Error(`${source.path} and ${other} are both the fault ${source.name}; ids are unique.`);
      pathOf.set(source.name, source.path);
    }
    return catalogueText({ sources, exported: 'fault', type: 'Fault', list: 'faults', nameOf: ({ name }) => camel(name) });
  },
};
