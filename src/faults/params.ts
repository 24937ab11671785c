import type { ParamValue, ParamValues } from '../model/fault-choice.js';
import { Problem } from '../model/problem.js';
import { isToken } from '../wire/field-list.js';
import { fieldValueDefect } from '../wire/head-edit.js';
import { didYouMean } from '../wire/nearest.js';
import { readDuration } from './duration.js';
import type { ParamSpec, ParamSpecs } from './param-spec.js';

/** Names with values as a person gave them: text from a command line, typed values from a rules file. */
export type GivenParams = readonly (readonly [name: string, value: ParamValue])[];

/**
 * Every declared parameter, given or by default, of its type, within its bounds and among its choices. Throws a Problem (SHK_FAULT)
 * that names the nearest right word.
 */
export const checkParams = (id: string, specs: ParamSpecs, given: GivenParams): ParamValues => {
  const known = Object.keys(specs);
  const values = new Map(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
  const seen = new Set<string>();
  for (const [name, value] of given) {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) throw complaint(id, `${shown(name)} is not a parameter of it${didYouMean(name, known)}`);
    if (seen.has(name)) throw complaint(id, `${name} is given twice`);
    seen.add(name);
    values.set(name, checkValue(id, [name, value], spec));
  }
  return Object.fromEntries(values);
};

/** One value against its declaration. Throws as `checkParams` does. */
export const checkValue = (id: string, [name, given]: readonly [string, ParamValue], spec: ParamSpec): ParamValue => {
  const said = `${name}=${shown(String(given))}`;
  if (spec.type === 'number') return checkNumber(id, said, { given, spec });
  if (spec.type === 'boolean') {
    if (given === true || given === 'true') return true;
    if (given === false || given === 'false') return false;
    throw complaint(id, `${said} is neither true nor false`);
  }
  const text = String(given);
  // A text parameter may end up in a head, where one that breaks the line would write further fields of its own.
  const defect = spec.anyText ? undefined : fieldValueDefect(text);
  if (defect !== undefined) throw complaint(id, `${said} ${defect}`);
  if (spec.fieldName && !isToken(text)) throw complaint(id, `${said} cannot be the name of a header field`);
  if (spec.choices && !spec.choices.includes(text)) {
    throw complaint(id, `${said} is not one of ${spec.choices.join(', ')}${didYouMean(text, spec.choices)}`);
  }
  return text;
};

const checkNumber = (id: string, said: string, { given, spec }: { given: ParamValue; spec: ParamSpec }): number => {
  const written = typeof given === 'number' || /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(String(given));
  // Adding 0 makes 0 of -0, which nobody means and which prints as 0.
  const value = written ? Number(given) + 0 : Number.NaN;
  if (!Number.isFinite(value)) throw complaint(id, `${said} is not a number${inNumbers(String(given), spec)}`);
  if (spec.min !== undefined && value < spec.min) throw complaint(id, `${said} is under the least allowed value, ${spec.min}`);
  if (spec.max !== undefined && value > spec.max) throw complaint(id, `${said} is over the greatest allowed value, ${spec.max}`);
  if (spec.whole && !Number.isInteger(value)) throw complaint(id, `${said} is not a whole number`);
  return value;
};

/** What stands for a number with a unit that this one has not. */
const inNumbers = (text: string, { about, max }: ParamSpec): string => {
  const ms = /milliseconds/i.test(about) ? readDuration(text) : undefined;
  if (ms !== undefined) return `: it is in milliseconds; did you mean ${ms}?`;
  const [, percent] = (max === 1 && /^(\d{1,3}(?:\.\d+)?) ?%$/.exec(text)) || [];
  return percent === undefined ? '' : `; did you mean ${Number(percent) / 100}?`;
};

/** A Problem about how a fault was asked for; a sentence that already ends in a mark gets no full stop. */
export const complaint = (id: string, sentence: string): Problem =>
  new Problem(
    'SHK_FAULT',
    `${id}: ${sentence}${sentence.endsWith('?') ? '' : '.'}`,
    `Run \`shakedown faults ${id}\` to see its parameters, their defaults and an example.`,
  );

/** A given word for a message: short, and quoted where it would not be plain to see (the message goes to a terminal). */
export const shown = (word: string): string => {
  const short = word.length > 80 ? `${word.slice(0, 80)}...` : word;
  return /^[\x21-\x7e]+$/.test(short) ? short : JSON.stringify(short).replace(/[^\x20-\x7e]/g, escaped);
};

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
