// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The checks of src/recording/shape.ts, each as the words that say what it lets through. */
const words = `
export const text = 'text';
export const latin1 = 'bytes as latin1 text';
export const number = 'number';
export const flag = 'true or false';
export const isTrue = 'true';
export const nullable = (what) => what + ', or null';
export const optional = (what) => what + ', or absent';
export const oneOf = (...choices) => choices.map((word) => '\`' + word + '\`').join(', ');
export const anyOf = (...what) => what.join(' or ');
export const listOf = (what) => 'list of ' + what;
export const fields = () => 'object';
export const mapOf = () => 'object';
`;

/** The same checks as JSON Schema (draft 2020-12); `optional` marks a field that its object need not have. */
const schemas = `
export const text = { type: 'string' };
export const latin1 = { type: 'string', pattern: '^[\\\\u0000-\\\\u00ff]*$' };
export const number = { type: 'number' };
export const flag = { type: 'boolean' };
export const isTrue = { const: true };
export const nullable = (what) => ({ anyOf: [what, { type: 'null' }] });
export const optional = (what) => ({ optional: what });
export const oneOf = (...choices) => ({ enum: choices });
export const anyOf = (...what) => ({ anyOf: what });
export const listOf = (items) => ({ type: 'array', items });
export const fields = (properties) => ({ type: 'object', properties });
export const mapOf = (what) => ({ type: 'object', additionalProperties: what, propertyNames: { not: { const: '__proto__' } } });
`;

/** @param {string} source @returns {string} */
const asUrl = (source) => `data:text/javascript,${encodeURIComponent(source)}`;

/**
 * The built table of shapes, read with other combinators in the place of its own, so that nothing is said twice.
 *
 * @param {string} root @param {string} combinators
 */
const shapesBy = async (root, combinators) => {
  const source = readFileSync(join(root, 'dist/recording/event-shapes.js'), 'utf8');
  const described = source.replace(/from '\.\/shape\.js'/, `from ${JSON.stringify(asUrl(combinators))}`);
  if (described === source) throw new Error('dist/recording/event-shapes.js does not import its checks from ./shape.js any more.');
  return (await import(asUrl(described))).checksOf;
};

/**
 * What the reader of a recording checks, in words: field by field, for each type of event.
 *
 * @param {string} root
 * @returns {Promise<(type: string) => readonly (readonly [field: string, words: string])[] | undefined>}
 */
export const eventShapes = (root) => shapesBy(root, words);

/**
 * The same as JSON Schema.
 *
 * @param {string} root
 * @returns {Promise<(type: string) => readonly (readonly [field: string, schema: any])[] | undefined>}
 */
export const eventSchemas = (root) => shapesBy(root, schemas);
