// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choicesOf, interfaceIn, membersOf, unionIn, wordsOf } from './declarations.mjs';

/** @typedef {import('./declarations.mjs').Member} Member @typedef {readonly string[]} Model Texts of source files that declare types. */
/** @typedef {{ readonly type: string, readonly about: string, readonly fields: readonly Member[] }} EventType */

/** The texts of src/model, which declare everything that an event is made of. @param {string} root @returns {Model} */
export const modelIn = (root) =>
  readdirSync(join(root, 'src/model'))
    .sort()
    .map((file) => readFileSync(join(root, 'src/model', file), 'utf8'));

/** @template T @param {Model} model @param {(text: string) => T | undefined} find */
export const search = (model, find) => {
  for (const text of model) {
    const found = find(text);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** @param {Model} model @param {string} name @returns {EventType[]} */
export const eventsOf = (model, name) => {
  const choices = search(model, (text) => unionIn(text, name));
  if (!choices || choices.length === 0) throw new Error(`src/model declares no events ${name}.`);
  return choices.map(({ type, about }) => {
    const members = membersIn(model, type);
    const word = wordsOf(members.find((member) => member.name === 'type')?.type ?? '')?.[0];
    if (word === undefined) throw new Error(`An event of ${name} in src/model has no type: ${type}`);
    return { type: word, about, fields: members.filter((member) => member.name !== 'type') };
  });
};

/** The fields of `{ ... }`, or of `({ ... } & Name)` with those of that interface. @param {Model} model @param {string} type @returns {readonly Member[]} */
const membersIn = (model, type) => {
  const [, own, more] = /^\((\{.*\}) & (\w+)\)$/.exec(type) ?? [];
  if (own === undefined || more === undefined) return membersOf(type.slice(1, -1));
  return [...membersOf(own.slice(1, -1)), ...(interfaceOf(model, more)?.members ?? [])];
};

/** What an alias stands for, as one text; undefined when there is no such alias. @param {Model} model @param {string} name */
export const aliasIn = (model, name) =>
  search(model, (text) =>
    unionIn(text, name)
      ?.map((choice) => choice.type)
      .join(' | '),
  );

/** @param {Model} model @param {string} name */
export const interfaceOf = (model, name) => search(model, (text) => interfaceIn(text, name));

/** The words of a union of literals or of an alias of one. @param {Model} model @param {string} type */
export const wordsIn = (model, type) => wordsOf(type) ?? wordsOf(aliasIn(model, type) ?? '');

/** Without `| null`. @param {string} type */
export const bare = (type) =>
  choicesOf(type)
    .filter((choice) => choice !== 'null')
    .join(' | ');
