// @ts-check
import { failureRows } from './failure-rows.mjs';
import { anchor, builtFaults, code, notice, page, table } from './markdown.mjs';

const intro = `What goes wrong with WebSockets in the wild, and the fault that makes it. Several faults for one row are several ways; a fault for several rows
has a parameter.`;

/** @type {import('../generate.mjs').Product} */
export const faultRowDocs = {
  path: 'docs/fault-rows.md',
  from: 'dist',
  make: async (root) => {
    const faults = await builtFaults(root);
    const unknown = faults.flatMap(({ id, rows = [] }) => rows.filter((row) => !failureRows.includes(row)).map((row) => `${id}: ${row}`));
    if (unknown.length > 0) throw new Error(`There is no such row of failures: ${unknown.join(', ')}.`);
    const makers = (/** @type {string} */ row) => faults.filter(({ rows = [] }) => rows.includes(row));
    const links = (/** @type {string} */ row) => makers(row).map(({ id }) => `[${id}](faults.md#${anchor(id)})`);
    const rows = failureRows.map((row) => [code(row), links(row).join(', ') || 'none yet']);
    return page([notice, '# Failures and the faults that make them', intro, table(['failure', 'faults'], rows)]);
  },
};
