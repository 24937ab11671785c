// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialect, schemaOf } from './json-schema.mjs';
import { modelIn } from './model.mjs';

const about = `One line of \`shakedown inspect FILE --json\` (an exchange) or of \`shakedown inspect FILE --messages --json\` (a message). Fields that are not named here may stand beside
those that are: readers pass over what they do not know. Words are given as examples: a later version may print another one.`;

/** @type {import('../generate.mjs').Product} */
export const inspectSchema = {
  path: 'docs/inspect.schema.json',
  from: 'src',
  make: (root) => {
    const model = [
      ...modelIn(root),
      ...['exchange-json', 'message-json'].map((name) => readFileSync(join(root, `src/recording/${name}.ts`), 'utf8')),
    ];
    /** @type {Record<string, any>} */
    const defs = {};
    const lines = ['ExchangeLine', 'MessageLine'].map((type) => schemaOf(type, { model, defs }));
    const schema = {
      $schema: dialect,
      $id: 'urn:shakedown:inspect:1',
      title: 'One line of what `shakedown inspect --json` prints',
      description: about.replace(/\n/g, ' '),
      anyOf: lines,
      $defs: defs,
    };
    return `${JSON.stringify(schema, null, 2)}\n`;
  },
};
