// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, table } from './markdown.mjs';

const path = 'docs/guides/pointing-an-app.md';
const from = '<!-- From here on written by `npm run generate`; do not edit. -->';
const to = '<!-- To here. -->';

/** The table of clients in a guide that is otherwise written by hand. @type {import('../generate.mjs').Product} */
export const clientDocs = {
  path,
  from: 'dist',
  make: async (root) => {
    const text = readFileSync(join(root, path), 'utf8');
    const start = text.indexOf(from);
    const end = text.indexOf(to);
    if (start === -1 || end < start) throw new Error(`${path} lacks the marks between which the table of clients goes.`);
    /** @type {readonly import('../../src/authority/client-setup.js').ClientSetup[]} */
    const setups = (await built(root, 'authority/client-setup.js')).clientSetups({
      proxy: 'http://127.0.0.1:8101',
      caPath: 'CA',
      leafSpkiPin: 'PIN',
    });
    const rows = setups.map(({ client, point, trust, ran }) => [client, point, trust, ran ? 'yes' : 'no']);
    return `${text.slice(0, start)}${from}\n\n${table(['client', 'how it gets here', 'what makes it trust the CA', 'run here'], rows)}\n\n${text.slice(end)}`;
  },
};
