import { type Node, parseDocument, type YAMLError } from 'yaml';
import type { Choice } from '../choice.js';
import { findScenario } from '../find.js';
import type { Ground } from '../fitness.js';
import { createComplaints } from './complaints.js';
import { offenceIn } from './guard.js';
import { expected, type Field, fieldsOf, itemsOf, placeOf, plainOf } from './nodes.js';
import { type Rule, readRule } from './read-rule.js';

export interface RulesFile {
  readonly seed: number | null;
  readonly rules: readonly Rule[];
}

export interface RulesOptions {
  /** What complaints call it. */
  readonly file: string;
  readonly ground: Ground;
}

/** More rules are none that a person wrote. */
export const mostRules = 500;
export const fileWords = ['seed', 'rules'] as const;

/** Repeated keys are found in nodes.ts: this parser compares each key with every other one. */
const yamlOptions = { version: '1.2', schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;

/** Reads a rules file: YAML 1.2 of plain data. Throws a RulesProblem (SHK_FAULT) with the first 20 things that are wrong in it. */
export const parseRules = (text: string, { file, ground }: RulesOptions): RulesFile => {
  const complaints = createComplaints(file, text);
  const settle = (): void => {
    if (complaints.count > 0) throw complaints.problem();
  };
  const offence = offenceIn(text);
  if (offence) complaints.add(offence.at, `${offence.why}.`);
  settle();
  const { contents, errors } = parseDocument<Node>(text, yamlOptions);
  for (const error of errors) complaints.add(error.pos[0], parserWords(error));
  settle();
  if (contents === null) complaints.add(0, 'it is empty; a file without any rule says `rules: []`.');
  settle();
  const fields = fieldsOf(contents, { what: 'a rules file', known: fileWords, at: 0, complaints });
  const list = fields.get('rules');
  if (!list && complaints.count === 0) complaints.add(placeOf(contents, 0), 'the word `rules` is missing.');
  const seed = seedOf(fields.get('seed'), complaints);
  const items = list ? itemsOf(list, { what: 'rules', complaints }) : [];
  if (items.length > mostRules) complaints.add(placeOf(items[mostRules], 0), `these are ${items.length} rules; ${mostRules} is the most.`);
  const scenario = (id: string): readonly Rule[] => scenarioRules(id, ground);
  const names = new Set<string>();
  const rules = items.slice(0, mostRules).flatMap((item) => readRule(item, { at: list?.at ?? 0, names, ground, complaints, scenario }));
  settle();
  return { seed, rules };
};

/** The rules of a scenario, called by its id. Throws a Problem when there is none, or where one of them could never apply. */
export const scenarioRules = (id: string, ground: Ground): readonly Rule[] => {
  const parsed = parseRules(findScenario(id).rules, { file: `scenario ${id}`, ground }).rules;
  return parsed.map(({ name, choices }) => {
    const rule = parsed.length === 1 ? id : `${id}: ${name}`;
    return { name: rule, choices: choices.map((choice): Choice => ({ ...choice, rule })) };
  });
};

const seedOf = (field: Field | undefined, complaints: ReturnType<typeof createComplaints>): number | null => {
  if (!field) return null;
  const { value } = plainOf(field.value) ?? {};
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  expected('a whole number from 0 on', field.value, { at: field.at, complaints });
  return null;
};

const parserWords = ({ code, message }: YAMLError): string =>
  code === 'MULTIPLE_DOCS' ? 'a rules file is one document: this begins another.' : `this is no YAML: ${message}.`;
