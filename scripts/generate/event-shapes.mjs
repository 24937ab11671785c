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
export const listOf = (what) => 'list of ' + what;
export const fields = () => 'object';
export const mapOf = () => 'object';
`;

/** @param {string} source @returns {string} */
const asUrl = (source) => `data:text/javascript,${encodeURIComponent(source)}`;

/**
 * What the reader of a recording checks, in words: field by field, for each type of event. The built table of shapes is read with other
 * combinators in the place of its own, so that nothing is said twice.
 *
 * @param {string} root
 * @returns {Promise<(type: string) => readonly (readonly [field: string, words: string])[] | undefined>}
 */
export const eventShapes = async (root) => {
  const source = readFileSync(join(root, 'dist/recording/event-shapes.js'), 'utf8');
  const described = source.replace(/from '\.\/shape\.js'/, `from ${JSON.stringify(asUrl(words))}`);
  if (described === source) throw new Error('dist/recording/event-shapes.js does not import its checks from ./shape.js any more.');
  return (await import(asUrl(described))).checksOf;
};
