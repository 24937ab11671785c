// @ts-check
import { built, code, notice, page, table } from './markdown.mjs';

/** @typedef {import('../../src/formats/format.js').ExportFormat} ExportFormat */

const intro =
  'What `shakedown export FILE --format ID` writes. Without `--format` the end of the name of `--out` says it; of two formats with the same end it means the first. How to use them: [guides/exporting.md](guides/exporting.md).';

/** @type {import('../generate.mjs').Product} */
export const formatDocs = {
  path: 'docs/formats.md',
  from: 'dist',
  make: async (root) => {
    const { allFormats } = await built(root, 'views/export-formats.js');
    return page([
      notice,
      '# Export formats',
      intro,
      table(['format', 'file', 'what it is, and what opens it'], (await allFormats()).map(row)),
    ]);
  },
};

/** @param {ExportFormat} format */
const row = ({ id, aliases, extension, about }) => [
  [code(id), ...aliases.map((alias) => `(${code(alias)})`)].join(' '),
  code(`.${extension}`),
  about,
];
