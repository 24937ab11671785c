// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchor, builtFaults, code, notice, page, table } from './markdown.mjs';

const intro = `What real clients said while one fault was armed, each in a run of its own against an echo server over TLS that lets in one Origin, through
CONNECT. \`works\`: nothing was noticed. \`waits\`: nothing was decided within 2.5 s. curl sends the upgrade request and looks at the answer only. Written by

\`\`\`sh
SHAKEDOWN_OBSERVE=1 npx vitest run test/e2e/fault-observations.test.ts
\`\`\`

and CI runs a sample of it again. Faults for SOCKS and HTTP/2 are not among them.`;

/** @type {import('../generate.mjs').Product} */
export const faultObservationDocs = {
  path: 'docs/fault-observations.md',
  from: 'dist',
  make: async (root) => {
    /** @type {Readonly<Record<string, { readonly choice: string, readonly said: Readonly<Record<string, string>> }>>} */
    const observed = JSON.parse(readFileSync(join(root, 'docs/fault-observations.json'), 'utf8'));
    const ids = (await builtFaults(root)).map(({ id }) => id).filter((id) => observed[id]);
    const clients = [...new Set(ids.flatMap((id) => Object.keys(observed[id]?.said ?? {})))];
    const rows = ids.map((id) => [
      `[${id}](faults.md#${anchor(id)})`,
      code(observed[id]?.choice ?? ''),
      ...clients.map((client) => observed[id]?.said[client] ?? ''),
    ]);
    return page([notice, '# What clients say of each fault', intro, table(['fault', 'as', ...clients], rows)]);
  },
};
