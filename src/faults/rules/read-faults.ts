import { isMap, type Node } from 'yaml';
import type { ParamValue } from '../../model/fault-choice.js';
import { Problem } from '../../model/problem.js';
import { type Choice, occasionSpecs } from '../choice.js';
import type { Fault } from '../fault.js';
import { findFault, knownFault } from '../find.js';
import { checkParams, type GivenParams, shown } from '../params.js';
import type { Complaints } from './complaints.js';
import { expected, type Field, fieldsOf, itemsOf, type Plain, plainOf } from './nodes.js';

/** One fault of a rule, and where it is named. */
export interface NamedFault {
  readonly fault: Fault;
  readonly choice: Pick<Choice, 'fault' | 'params'>;
  readonly at: number;
}

/** Reads `faults`: ids, and ids with parameters (`latency: { ms: 200 }`). */
export const readFaults = (field: Field, complaints: Complaints): readonly NamedFault[] => {
  const before = complaints.count;
  const items = itemsOf(field, { what: 'faults', complaints });
  if (items.length === 0 && complaints.count === before) complaints.add(field.at, 'a rule without faults does nothing.');
  return items.flatMap((item) => readFault(item, { at: field.at, complaints }));
};

const readFault = (
  node: Node | null,
  { at, complaints }: { readonly at: number; readonly complaints: Complaints },
): readonly NamedFault[] => {
  const word = plainOf(node);
  if (word) {
    const [id = '', ...rest] = word.text.split(':');
    if (rest.length > 0) {
      complaints.add(word.at, `parameters are given as a mapping: \`- ${shown(id.trim())}: { ${asMapping(rest.join(':'))} }\`.`);
      return [];
    }
    return namedFault(word.text, [], { at: word.at, complaints });
  }
  if (!isMap(node)) {
    expected("a fault's id", node, { at, complaints });
    return [];
  }
  const [field, further] = fieldsOf(node, { what: 'a fault', at, complaints }).values();
  if (further) complaints.add(further.at, 'each fault is an item of the list; its parameters stand one step further in.');
  if (!field || further) return [];
  const params = plainOf(field.value) || isMap(field.value) ? readParams(field, complaints) : [];
  return params ? namedFault(field.key, params, { at: field.at, complaints }) : [];
};

/** `ms=200,jitter=50` of a command line, as it is written here. */
const asMapping = (text: string): string => {
  const pairs = text.split(',').map((pair) => /^([\w-]+)=([\w./-]+)$/.exec(pair));
  // When a fault is due stands elsewhere.
  return pairs.every((pair) => pair !== null && !Object.hasOwn(occasionSpecs, pair[1] ?? ''))
    ? pairs.map((pair) => `${pair?.[1]}: ${pair?.[2]}`).join(', ')
    : 'name: value';
};

type GivenField = { readonly pair: GivenParams[number]; readonly at: number };

/** Undefined when something was wrong with them. */
const readParams = (field: Field, complaints: Complaints): readonly GivenField[] | undefined => {
  const before = complaints.count;
  const fields = fieldsOf(field.value, { what: `the parameters of ${field.key}`, at: field.at, complaints });
  const given = [...fields.values()].flatMap(({ key, value, at, valueAt }): readonly GivenField[] => {
    const plain = plainOf(value);
    if (!plain) expected(`a value for ${shown(key)}`, value, { at, complaints });
    return plain ? [{ pair: [key, paramOf(field.key, key, plain)], at: valueAt }] : [];
  });
  return complaints.count === before ? given : undefined;
};

/** A text is taken as it stands: 1.10 as the value of a header is no 1.1. */
const paramOf = (id: string, name: string, { value, text }: Plain): ParamValue =>
  typeof value === 'number' && knownFault(id)?.params[name]?.type === 'string' ? text : value;

const namedFault = (
  id: string,
  given: readonly GivenField[],
  { at, complaints }: { readonly at: number; readonly complaints: Complaints },
): readonly NamedFault[] => {
  const before = complaints.count;
  const attempt = <T>(place: number, make: () => T): T | undefined => {
    try {
      return make();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      complaints.add(place, problem.message);
      return undefined;
    }
  };
  const fault = attempt(at, () => findFault(id));
  if (!fault) return [];
  for (const { pair, at: place } of given) {
    const [name] = pair;
    if (Object.hasOwn(occasionSpecs, name) && !Object.hasOwn(fault.params, name))
      complaints.add(place, `${id}: ${name} says when, and stands in the match of the rule.`);
    else attempt(place, () => checkParams(id, fault.params, [pair]));
  }
  if (complaints.count > before) return [];
  const params = checkParams(
    id,
    fault.params,
    given.map(({ pair }) => pair),
  );
  return [{ fault, choice: { fault: id, params }, at }];
};
