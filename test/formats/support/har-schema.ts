import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);

/** The HAR 1.2 schema of har-schema, which is of draft 6. */
const compile = () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  addFormats.default(ajv);
  const schemas = require('har-schema') as Record<string, object>;
  for (const [name, schema] of Object.entries(schemas)) if (name !== 'har') ajv.addSchema(schema);
  return ajv.compile(schemas.har ?? {});
};
let compiled: ReturnType<typeof compile> | undefined;

/** What is wrong with a HAR by that schema; nothing when it is valid. */
export const harFaults = (har: unknown): readonly string[] => {
  compiled ??= compile();
  const validate = compiled;
  if (validate(har)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
