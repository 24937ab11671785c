// @ts-check
import { choicesOf, membersOf } from './declarations.mjs';
import { aliasIn, bare, interfaceOf, wordsIn } from './model.mjs';

/** @typedef {import('./model.mjs').Model} Model @typedef {any} Schema */

export const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** Times as every line carries them; a reader takes fewer digits behind the point as well. */
export const time = {
  description: 'ISO 8601 in UTC; shakedown writes microseconds.',
  type: 'string',
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T(([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?|24:00:00(\\.\\d{1,9})?)Z$',
};

/** With a description where there is one. @param {Schema} schema @param {string} about @returns {Schema} */
export const described = (schema, about) => (about === '' ? schema : { description: about, ...schema });

const plain = new Map([
  ['string', { type: 'string' }],
  ['number', { type: 'number' }],
  ['boolean', { type: 'boolean' }],
  ['true', { const: true }],
  ['null', { type: 'null' }],
]);

/**
 * A type of src/model as JSON Schema. Words are examples, not limits: a later version may write another one. Interfaces go to `defs`.
 *
 * @param {string} type @param {{ readonly model: Model, readonly defs: Record<string, Schema> }} around @returns {Schema}
 */
export const schemaOf = (type, around) => {
  const { model, defs } = around;
  const known = plain.get(type);
  if (known) return known;
  const words = wordsIn(model, type);
  if (words) return { type: 'string', examples: words };
  const choices = choicesOf(type);
  if (choices.length > 1) return { anyOf: choices.map((choice) => schemaOf(choice, around)) };
  if (type.startsWith('{')) return objectOf(membersOf(type.slice(1, -1)), around);
  const listed = /^readonly (.*)\[\]$/.exec(type)?.[1];
  if (listed !== undefined) return { type: 'array', items: schemaOf(listed.replace(/^\((.*)\)$/, '$1'), around) };
  const map = /^Readonly<Record<string, (.*)>>$/.exec(type)?.[1];
  if (map !== undefined) return { type: 'object', additionalProperties: schemaOf(map, around) };
  const [, of = '', key = ''] = /^(\w+)\['(\w+)'\]$/.exec(type) ?? [];
  const member = interfaceOf(model, of)?.members.find(({ name }) => name === key);
  if (member) return schemaOf(member.type, around);
  const found = interfaceOf(model, type);
  if (found) {
    if (!Object.hasOwn(defs, type)) {
      // Before its members, which may lead back to it.
      defs[type] = {};
      defs[type] = described(objectOf(found.members, around), found.about);
    }
    return { $ref: `#/$defs/${type}` };
  }
  const alias = aliasIn(model, type);
  // `(typeof list)[number]` is a word of that list.
  if (alias?.includes('typeof')) return { type: 'string' };
  if (alias === undefined) throw new Error(`The type ${type} is not declared where the schema looks for it.`);
  return schemaOf(alias, around);
};

/** @param {readonly import('./declarations.mjs').Member[]} members @param {{ readonly model: Model, readonly defs: Record<string, Schema> }} around */
const objectOf = (members, around) => ({
  type: 'object',
  properties: Object.fromEntries(members.map(({ name, type, about }) => [name, described(schemaOf(type, around), about)])),
  required: members.filter(({ optional }) => !optional).map(({ name }) => name),
});

/**
 * What the reader checks (`shape`), with the descriptions and words of the type that it is the shape of; a named type goes to `defs`. Throws where the two
 * do not have the same fields.
 *
 * @param {Schema} shape @param {string} type @param {{ readonly model: Model, readonly defs: Record<string, Schema> }} around @returns {Schema}
 */
export const merged = (shape, type, around) => {
  const { model, defs } = around;
  const own = bare(type);
  if (shape.optional) return merged(shape.optional, type, around);
  if (shape.anyOf?.at(-1)?.type === 'null') return { anyOf: [merged(shape.anyOf[0], own, around), shape.anyOf[1]] };
  if (shape.type === 'array') {
    const listed = /^readonly (.*)\[\]$/.exec(own)?.[1] ?? '';
    return { type: 'array', items: merged(shape.items, listed, around) };
  }
  if (shape.type === 'object' && shape.properties) {
    const [, of = '', key = ''] = /^(\w+)\['(\w+)'\]$/.exec(own) ?? [];
    const inline = interfaceOf(model, of)?.members.find(({ name }) => name === key)?.type ?? own;
    if (inline.startsWith('{')) return fieldsOf(shape.properties, membersOf(inline.slice(1, -1)), { around, name: type });
    const found = interfaceOf(model, own);
    if (!found) throw new Error(`src/model does not declare ${own}.`);
    defs[own] ??= described(fieldsOf(shape.properties, found.members, { around, name: own }), found.about);
    return { $ref: `#/$defs/${own}` };
  }
  const words = shape.type === 'string' ? wordsIn(model, own) : undefined;
  return words ? { ...shape, examples: words } : shape;
};

/**
 * @param {Readonly<Record<string, Schema>>} shapes @param {readonly import('./declarations.mjs').Member[]} members
 * @param {{ readonly around: { readonly model: Model, readonly defs: Record<string, Schema> }, readonly name: string }} where
 */
export const fieldsOf = (shapes, members, { around, name }) => {
  for (const member of members) {
    const shape = shapes[member.name];
    if (!shape) throw new Error(`src/recording/event-shapes.ts has no shape for the field ${member.name} of ${name}.`);
    if ((shape.optional !== undefined) !== member.optional) {
      throw new Error(`src/model and src/recording/event-shapes.ts disagree whether ${name} may lack its field ${member.name}.`);
    }
  }
  return {
    type: 'object',
    properties: Object.fromEntries(
      members.map((member) => [member.name, described(merged(shapes[member.name], member.type, around), member.about)]),
    ),
    required: members.filter(({ optional }) => !optional).map((member) => member.name),
  };
};
