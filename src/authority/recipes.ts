import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { revocationReasons } from '../model/certificate-twist.js';
import { Problem, sentenceOf } from '../model/problem.js';
import { copiedName } from './host-name.js';
import { isOid, issuers, keyKinds, keyUsages, type Recipe, refusers, signatures } from './recipe.js';

// The same two steps up from src/authority (tests), dist/authority (a checkout) and the published package.
const shippedRecipes = fileURLToPath(new URL('../../certs/recipes', import.meta.url));

/** What one field must be, and the test of it. */
interface Expectation {
  readonly is: string;
  readonly holds: (value: unknown) => boolean;
  readonly optional?: true;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (holds: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.length <= 64 && value.every(holds);
const isName = (value: unknown) => isText(value) && copiedName(value) !== null;
const isDays = (value: unknown) => typeof value === 'number' && Math.abs(value) <= 36_500;
const hasOnly = (value: unknown, names: readonly string[]) => isObject(value) && Object.keys(value).every((name) => names.includes(name));

const text: Expectation = { is: 'a text', holds: isText };
const oneOf = (choices: readonly string[]): Expectation => ({
  is: `one of ${choices.join(', ')}`,
  holds: (value) => isText(value) && choices.includes(value),
});
const validity: Expectation = {
  is: 'an object { fromDays, toDays } of numbers, the first one smaller',
  holds: (value) =>
    hasOnly(value, ['fromDays', 'toDays']) &&
    isObject(value) &&
    isDays(value.fromDays) &&
    isDays(value.toDays) &&
    Number(value.fromDays) < Number(value.toDays),
};
const isExtension = (value: unknown) =>
  hasOnly(value, ['oid', 'critical', 'der']) &&
  isObject(value) &&
  isText(value.oid) &&
  isOid(value.oid) &&
  typeof value.critical === 'boolean' &&
  isText(value.der) &&
  /^([0-9a-f]{2}){1,4096}$/.test(value.der);

const expectations: Readonly<Record<keyof Recipe, Expectation>> = {
  id: { is: "a word in kebab case, the file's name", holds: (value) => isText(value) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) },
  title: text,
  about: text,
  names: { is: 'host, none, or a list of names', holds: (value) => value === 'host' || value === 'none' || listOf(isName)(value) },
  commonName: { is: 'host or a text of at most 64 characters', holds: (value) => isText(value) && value.length <= 64 },
  validity,
  issuer: oneOf(issuers),
  issuerName: { is: 'a text of at most 64 characters', holds: (value) => isText(value) && value.length <= 64, optional: true },
  issuerValidity: { ...validity, optional: true },
  key: oneOf(keyKinds),
  signature: oneOf(signatures),
  ca: { is: 'true or false', holds: (value) => typeof value === 'boolean' },
  extendedKeyUsage: {
    is: 'null or a list of object identifiers',
    holds: (value) => value === null || listOf((oid) => isText(oid) && isOid(oid))(value),
  },
  keyUsage: {
    is: `null or a list of ${keyUsages.join(', ')}`,
    holds: (value) => value === null || listOf((usage) => oneOf(keyUsages).holds(usage))(value),
  },
  extensions: { is: 'a list of { oid, critical, der }, der in hex', holds: listOf(isExtension) },
  revoked: { ...oneOf(Object.keys(revocationReasons)), optional: true },
  expects: {
    is: 'null or the code of a finding',
    holds: (value) => value === null || (isText(value) && /^certificate\.[a-z-]+$/.test(value)),
  },
  refusedBy: {
    is: `an object with ${refusers.join(', ')}, each a text or null`,
    holds: (value) =>
      hasOnly(value, refusers) && isObject(value) && refusers.every((client) => value[client] === null || isText(value[client])),
  },
};

const refuse = (file: string, message: string): never => {
  throw new Problem(
    'SHK_RECIPE',
    `The certificate recipe ${file} is wrong: ${message}.`,
    'Mend that field; certs/README.md says what each one means.',
  );
};

/** The recipe in a JSON text. Throws a Problem SHK_RECIPE that names the file and the field. */
export const parseRecipe = (json: string, file: string): Recipe => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (thrown) {
    return refuse(file, `it is no JSON (${sentenceOf(thrown)})`);
  }
  if (!isObject(value)) return refuse(file, 'it holds no object');
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(expectations, name));
  if (unknown !== undefined) return refuse(file, `there is no field ${JSON.stringify(unknown)}`);
  for (const [name, { is, holds, optional }] of Object.entries(expectations)) {
    if (!Object.hasOwn(value, name)) {
      if (!optional) refuse(file, `the field ${name} is missing`);
    } else if (!holds(value[name])) refuse(file, `the field ${name} must be ${is}`);
  }
  // Every field of the type was checked above, and there is no other.
  return value as unknown as Recipe;
};

/** All recipes of a folder by id, in the order of their names. Throws a Problem SHK_RECIPE. */
export const loadRecipes = (folder = shippedRecipes): ReadonlyMap<string, Recipe> => {
  const recipes = new Map<string, Recipe>();
  let files: string[] = [];
  try {
    files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (thrown) {
    throw new Problem(
      'SHK_RECIPE',
      `The certificate recipes in ${folder} cannot be read: ${sentenceOf(thrown)}.`,
      'Install shakedown again.',
      {
        cause: thrown,
      },
    );
  }
  for (const name of files.sort()) {
    const file = join(folder, name);
    const recipe = parseRecipe(readFileSync(file, 'utf8'), file);
    if (`${recipe.id}.json` !== name) refuse(file, `the field id must be ${JSON.stringify(name.slice(0, -5))}, the file's name`);
    recipes.set(recipe.id, recipe);
  }
  return recipes;
};
