import { isSeq, type Node } from 'yaml';
import { exchangeFields, headField } from '../../filter/fields.js';
import { compileFilter } from '../../filter/filter.js';
import { FilterProblem, quoted } from '../../filter/tokens.js';
import type { Occasion } from '../../model/fault-choice.js';
import { Problem } from '../../model/problem.js';
import { didYouMean } from '../../wire/nearest.js';
import { occasionSpecs } from '../choice.js';
import { readDuration } from '../duration.js';
import { checkValue, shown } from '../params.js';
import type { Complaints } from './complaints.js';
import { neverFits } from './never-fits.js';
import { expected, type Field, fieldsOf, itemsOf, type Plain, plainOf } from './nodes.js';

/** What a `match` says. */
export type Match = Partial<Occasion>;

export const counts = ['nth', 'first', 'every', 'times', 'probability', 'after', 'until'] as const;
const durations: readonly string[] = ['after', 'until'];
const fieldNames = exchangeFields.map(({ name }) => name);
/** Words of a match beside the fields of an exchange. */
export const matchWords: readonly string[] = ['origin', 'headers', 'where', ...counts];

/** Reads a `match`: a text in the filter language, or a mapping, which becomes one. */
export const readMatch = ({ value, at }: Pick<Field, 'value' | 'at'>, complaints: Complaints): Match => {
  const text = plainOf(value);
  if (text) return isReadable(text, complaints) ? { match: text.text } : {};
  const fields = [...fieldsOf(value, { what: 'a match', at, complaints }).values()];
  const terms = fields.flatMap((field) => termsOf(field, complaints));
  const said = Object.assign({}, ...fields.filter(({ key }) => isCount(key)).map((field) => countOf(field, complaints))) as Match;
  if (terms.length === 0) return said;
  const match = terms.length === 1 ? (terms[0] ?? '') : terms.map((term) => (/\bor\b|\|\|/.test(term) ? `(${term})` : term)).join(' and ');
  const trouble = troubleOf(match);
  if (trouble) complaints.add(at, trouble.why);
  return { ...said, match };
};

const isCount = (key: string): boolean => (counts as readonly string[]).includes(key);

const termsOf = (field: Field, complaints: Complaints): readonly string[] => {
  const { key, at } = field;
  if (isCount(key)) return [];
  if (key === 'where') return whereOf(field, complaints);
  if (key === 'headers') {
    const headers = [...fieldsOf(field.value, { what: 'headers', at, complaints }).values()];
    return headers.flatMap((header) => fieldTerm({ ...header, key: `request.${header.key}` }, complaints));
  }
  return fieldTerm(key === 'origin' ? { ...field, key: 'request.origin' } : field, complaints);
};

/** `host = api.*`; of a list any of its values will do. */
const fieldTerm = (field: Field, complaints: Complaints): readonly string[] => {
  const { key, at } = field;
  if (!fieldNames.includes(key) && headField(key) === undefined) {
    const words = [...fieldNames, ...matchWords];
    complaints.add(
      at,
      `${shown(key)} is no word of a match${hintOf(key) ?? (didYouMean(key, words) || '; docs/filter.md has the fields of an exchange.')}`,
    );
    return [];
  }
  const values = isSeq(field.value) ? itemsOf(field, { what: 'values', complaints }) : [field.value];
  const terms = values.flatMap((value) => comparisonOf(key, value, { at, complaints }));
  if (values.length === 0) complaints.add(at, `${key} has an empty list, which nothing fits.`);
  return terms.length === 0 ? [] : [terms.join(' or ')];
};

/** What is meant by words that are no fields of an exchange. */
const hintOf = (key: string): string | undefined => {
  if (/^(cookie|user-agent|authorization|referer|sec-websocket-.+|x-.+)$/i.test(key))
    return `; a field of the request stands in \`headers: { ${key.toLowerCase()}: ... }\`.`;
  return /^(message|contains)$/.test(key)
    ? ': it decides before any message comes. A fault on messages says by its own parameters which ones get it: `contains`.'
    : undefined;
};

const comparisonOf = (
  key: string,
  node: Node | null,
  { at, complaints }: { readonly at: number; readonly complaints: Complaints },
): readonly string[] => {
  const value = plainOf(node);
  if (!value) {
    expected(`a value for ${key}`, node, { at, complaints });
    return [];
  }
  const said = comparison(key, value);
  const why = typeof value.value === 'boolean' ? undefined : (neverFits(key, value.text) ?? troubleOf(said)?.why);
  if (why !== undefined) complaints.add(value.at, `${key}: ${why}`);
  return why === undefined ? [said] : [];
};

const comparison = (key: string, { value, text }: Plain): string => {
  if (typeof value === 'boolean') return value ? key : `not ${key}`;
  const equals = (wanted: string): string => `${key} = ${quoted(wanted, { pattern: wanted.includes('*') })}`;
  // The path of an exchange ends with its query, of which nobody thinks who names a path.
  const anyQuery = key === 'path' && !text.includes('?') && !text.endsWith('*');
  return anyQuery ? `${equals(text)} or ${key} = ${quoted(`${text}?*`, { pattern: true })}` : equals(text);
};

const whereOf = ({ value, at }: Field, complaints: Complaints): readonly string[] => {
  const text = plainOf(value);
  if (!text) expected('a text in the filter language', value, { at, complaints });
  return text && isReadable(text, complaints) ? [text.text] : [];
};

/** Whether a text is a filter; complains of the very place where it is none. */
const isReadable = ({ text, at, textAt }: Plain, complaints: Complaints): boolean => {
  const trouble = troubleOf(text);
  if (trouble) complaints.add(textAt === undefined ? at : textAt + trouble.at, `the filter cannot be read: ${trouble.why}`);
  return trouble === undefined;
};

const troubleOf = (filter: string): FilterProblem | undefined => {
  try {
    compileFilter(filter);
    return undefined;
  } catch (problem) {
    if (problem instanceof FilterProblem) return problem;
    throw problem;
  }
};

const countOf = ({ key, value, at }: Field, complaints: Complaints): Match => {
  const spec = occasionSpecs[key];
  const given = plainOf(value);
  if (!given || !spec) {
    expected(`a number for ${key}`, value, { at, complaints });
    return {};
  }
  const duration = durations.includes(key) && typeof given.value === 'string' ? readDuration(given.value) : undefined;
  try {
    return { [key]: checkValue('match', [key, duration ?? given.value], spec) };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    complaints.add(
      given.at,
      durations.includes(key) ? `${problem.message} Durations are milliseconds, or such as 30s and 5m.` : problem.message,
    );
    return {};
  }
};
