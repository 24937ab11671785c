// @ts-check
import { dialect } from './json-schema.mjs';
import { built, builtFaults } from './markdown.mjs';

/** @typedef {import('../../src/faults/fault.js').Fault} Fault */
/** @typedef {import('../../src/faults/param-spec.js').ParamSpec} ParamSpec */
/** @typedef {import('../../src/filter/fields.js').Field} Field */
/** @typedef {Readonly<Record<string, unknown>>} Schema */

const about = `A rules file of shakedown (--rules FILE): which exchanges get which faults. An editor with a YAML language server completes and checks a file whose first line is
\`# yaml-language-server: $schema=PATH/rules.schema.json\`. shakedown itself checks more: whether a match can decide about a fault, filters, and that no word stands twice.`;

const durationPattern = '^\\d{1,12}(\\.\\d{1,6})? ?(ms|s|m|h)$';
const texts = { type: ['string', 'number'] };

/** @type {import('../generate.mjs').Product} */
export const rulesSchema = {
  path: 'docs/rules.schema.json',
  from: 'dist',
  make: async (root) => {
    const faults = await builtFaults(root);
    const { occasionSpecs } = await built(root, 'faults/choice.js');
    const { exchangeFields } = await built(root, 'filter/fields.js');
    const { knownFrom } = await built(root, 'faults/known-from.js');
    const { scenarios } = await built(root, 'faults/scenario-catalogue.js');
    const { mostRules } = await built(root, 'faults/rules/parse-rules.js');
    const { longestName } = await built(root, 'faults/rules/read-rule.js');
    /** @type {readonly Field[]} */
    const known = exchangeFields.filter((/** @type {Field} */ field) => knownFrom(field.name) !== null);
    const schema = {
      $schema: dialect,
      $id: 'urn:shakedown:rules:1',
      title: 'A rules file of shakedown',
      description: about.replace(/\n/g, ' '),
      type: 'object',
      additionalProperties: false,
      required: ['rules'],
      properties: {
        seed: {
          type: 'integer',
          minimum: 0,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Decides all chance in faults; --seed wins over it.',
        },
        rules: { type: 'array', maxItems: mostRules, items: { $ref: '#/$defs/rule' } },
      },
      $defs: {
        rule: {
          anyOf: [
            object(
              {
                name: {
                  type: 'string',
                  minLength: 1,
                  maxLength: longestName,
                  description: 'What the record calls it; unique in the file.',
                },
                match: { $ref: '#/$defs/match' },
                faults: { type: 'array', minItems: 1, items: { $ref: '#/$defs/fault' }, description: 'They share one occasion.' },
              },
              ['faults'],
            ),
            object(
              {
                use: {
                  description: 'The id of a scenario: its rules, for the exchanges that fit the match as well.',
                  oneOf: scenarios.map((/** @type {import('../../src/faults/scenario.js').Scenario} */ { id, title }) => ({
                    const: id,
                    description: title,
                  })),
                },
                match: { $ref: '#/$defs/match' },
              },
              ['use'],
            ),
          ],
        },
        match: {
          description:
            'Which exchanges get the faults: fields that all have to fit, or a text in the filter language (docs/filter.md). Without it every one.',
          anyOf: [{ type: 'string', minLength: 1 }, matchSchema(known, occasionSpecs)],
        },
        value: {
          description: '`*` stands for any characters. Of a list any value will do; true: the field is there, false: it is not.',
          anyOf: [
            { type: ['string', 'number', 'boolean'] },
            { type: 'array', minItems: 1, items: { type: ['string', 'number', 'boolean'] } },
          ],
        },
        fault: {
          anyOf: [
            { oneOf: faults.map(({ id, title }) => ({ const: id, description: title })) },
            {
              type: 'object',
              minProperties: 1,
              maxProperties: 1,
              additionalProperties: false,
              properties: Object.fromEntries(faults.map((fault) => [fault.id, faultSchema(fault)])),
            },
          ],
        },
      },
    };
    return `${JSON.stringify(schema, null, 2)}\n`;
  },
};

/** @param {Schema} properties @param {readonly string[]} required @returns {Schema} */
const object = (properties, required) => ({ type: 'object', additionalProperties: false, required, properties });

/** @param {readonly Field[]} fields @param {Readonly<Record<string, ParamSpec>>} occasion @returns {Schema} */
const matchSchema = (fields, { match: _, ...occasion }) => {
  const value = { $ref: '#/$defs/value' };
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(fields.map(({ name, about }) => [name, { description: about, ...value }])),
      origin: { description: 'the Origin that the client sent', ...value },
      headers: {
        description: 'fields of the request head',
        type: 'object',
        propertyNames: { pattern: '^[\\w-]+$' },
        additionalProperties: value,
      },
      where: { description: 'a text in the filter language, beside the fields', type: 'string', minLength: 1 },
      ...Object.fromEntries(Object.entries(occasion).map(([name, spec]) => [name, occasionSchema(name, spec)])),
    },
    patternProperties: { '^(request|response)\\.[\\w-]+$': value },
  };
};

/** @param {string} name @param {ParamSpec} spec @returns {Schema} */
const occasionSchema = (name, spec) => {
  const { description, ...number } = numberSchema(spec);
  return name === 'after' || name === 'until'
    ? { description, anyOf: [number, { type: 'string', pattern: durationPattern }] }
    : { description, ...number };
};

/** @param {Fault} fault @returns {Schema} */
const faultSchema = ({ title, about, params }) => ({
  description: `${title}. ${about}`,
  type: ['object', 'null'],
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, paramSchema(spec)])),
});

/** @param {ParamSpec} spec @returns {Schema} */
const paramSchema = (spec) => {
  const told = { description: spec.about, default: spec.default };
  if (spec.type === 'boolean') return { ...told, type: 'boolean' };
  if (spec.type === 'number') return { ...numberSchema(spec), ...told };
  return { ...told, ...(spec.choices ? { enum: spec.choices } : texts) };
};

/** @param {ParamSpec} spec @returns {Schema} */
const numberSchema = ({ about, min, max, whole }) => ({
  description: about,
  type: whole ? 'integer' : 'number',
  ...(min !== undefined && { minimum: min }),
  ...(max !== undefined && { maximum: max }),
});
