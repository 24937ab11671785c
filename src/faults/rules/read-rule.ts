import { isMap, type Node } from 'yaml';
import type { Occasion } from '../../model/fault-choice.js';
import { Problem } from '../../model/problem.js';
import type { Choice } from '../choice.js';
import { findFault } from '../find.js';
import { fitTrouble, type Ground, occasionTrouble } from '../fitness.js';
import { shown } from '../params.js';
import { type Complaints, RulesProblem } from './complaints.js';
import { expected, type Field, fieldsOf, placeOf, plainOf } from './nodes.js';
import { type NamedFault, readFaults } from './read-faults.js';
import { counts, type Match, readMatch } from './read-match.js';

/** Faults that share one occasion. */
export interface Rule {
  readonly name: string;
  readonly choices: readonly Choice[];
}

export interface Reading {
  /** Where the list of rules stands. */
  readonly at: number;
  /** Those that rules have so far. */
  readonly names: Set<string>;
  readonly ground: Ground;
  readonly complaints: Complaints;
  /** The rules of a scenario. Throws a Problem. */
  scenario(id: string): readonly Rule[];
}

export const ruleWords = ['name', 'match', 'faults'] as const;
export const useWords = ['use', 'match'] as const;
export const longestName = 100;
const always: Occasion = { probability: 1, times: null };

/** One item of `rules`: a rule, or the rules of a scenario. None when something is wrong with it. */
export const readRule = (item: Node | null, reading: Reading): readonly Rule[] => {
  const { complaints } = reading;
  if (!isMap(item)) {
    expected('a mapping (`name`, `match`, `faults`) for a rule', item, { at: reading.at, complaints });
    return [];
  }
  const before = complaints.count;
  const uses = item.has('use');
  const [what, known] = uses ? ['a rule that uses a scenario', useWords] : ['a rule', [...ruleWords, 'use']];
  const hint = (word: string): string | undefined =>
    (counts as readonly string[]).includes(word) ? `: it stands in the match, \`match: { ${word}: ... }\`.` : undefined;
  const fields = fieldsOf(item, { what, known, at: reading.at, complaints, hint });
  const complained = complaints.count > before;
  const match = fields.get('match');
  const told = match ? readMatch(match, complaints) : {};
  const never = occasionTrouble({ ...always, ...told });
  if (never !== undefined) complaints.add(match?.valueAt ?? 0, `the rule would never apply: ${never}.`);
  const use = fields.get('use');
  if (use) return complaints.count > before ? [] : rulesOf(use, told, reading);
  const named = faultsOf(fields.get('faults'), { item, complained, complaints });
  const name = nameOf(fields.get('name'), named, reading);
  if (complaints.count > before) return [];
  for (const { fault, at } of named) complainOfFit(at, { match: told.match, fault }, reading);
  return [{ name, choices: named.map(({ choice }) => ({ ...choice, ...always, ...told, rule: name })) }];
};

const faultsOf = (
  field: Field | undefined,
  { item, complained, complaints }: { readonly item: Node; readonly complained: boolean; readonly complaints: Complaints },
): readonly NamedFault[] => {
  if (field) return readFaults(field, complaints);
  if (!complained) complaints.add(placeOf(item, 0), 'a rule has `faults`, or it has `use` with the id of a scenario.');
  return [];
};

/** Without a name of its own a rule is called by its faults, so that it stays the same rule when others come or go. */
const nameOf = (field: Field | undefined, named: readonly NamedFault[], { names, complaints }: Reading): string => {
  if (!field) return named.map(({ fault }) => fault.id).join(', ');
  const name = plainOf(field.value)?.text.trim() ?? '';
  if (name === '') expected('a name', field.value, { at: field.at, complaints });
  else if (name.length > longestName || /\p{Cc}/u.test(name))
    complaints.add(field.valueAt, `a name has at most ${longestName} characters, all of them on one line.`);
  else if (names.has(name)) complaints.add(field.valueAt, `there is a rule ${shown(name)} already.`);
  names.add(name);
  return name;
};

const complainOfFit = (
  at: number,
  { match, fault }: { readonly match: string | undefined; readonly fault: NamedFault['fault'] },
  { ground, complaints }: Reading,
): void => {
  const trouble = fitTrouble(match, fault, ground);
  if (trouble !== undefined) complaints.add(at, `${fault.id} does not go with the match of its rule: ${trouble}.`);
};

/** The rules of a scenario, for those exchanges only that fit this match as well. */
const rulesOf = (use: Field, told: Match, reading: Reading): readonly Rule[] => {
  const id = plainOf(use.value);
  if (!id) {
    expected('the id of a scenario', use.value, { at: use.at, complaints: reading.complaints });
    return [];
  }
  const rules = scenarioOr(id.text, id.at, reading);
  const narrowed = rules.map(({ name, choices }) => ({ name, choices: choices.map((choice) => narrow(choice, told)) }));
  for (const { fault, match } of narrowed.flatMap((rule) => rule.choices)) {
    complainOfFit(id.at, { match, fault: findFault(fault) }, reading);
  }
  return narrowed;
};

const scenarioOr = (id: string, at: number, { scenario, complaints }: Reading): readonly Rule[] => {
  try {
    return scenario(id);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const why = problem instanceof RulesProblem ? (problem.complaints[0]?.why ?? problem.message) : problem.message;
    complaints.add(at, why);
    return [];
  }
};

const narrow = (choice: Choice, { match, ...told }: Match): Choice => {
  const both = choice.match !== undefined && match !== undefined ? `(${choice.match}) and (${match})` : (choice.match ?? match);
  return { ...choice, ...told, ...(both !== undefined && { match: both }) };
};
