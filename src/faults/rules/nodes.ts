import { isMap, isScalar, isSeq, type Node, type Pair, Scalar } from 'yaml';
import type { ParamValue } from '../../model/fault-choice.js';
import { didYouMean } from '../../wire/nearest.js';
import { shown } from '../params.js';
import type { Complaints } from './complaints.js';

/** One `key: value`; `at` and `valueAt` are places in the text. */
export interface Field {
  readonly key: string;
  readonly at: number;
  readonly value: Node | null;
  readonly valueAt: number;
}

/** A scalar that says something; `text` is what stands there, `1.0` for the number 1. */
export interface Plain {
  readonly value: ParamValue;
  readonly text: string;
  readonly at: number;
  /** Where its text begins, when it stands there letter by letter; else undefined: a quote or a fold changed it. */
  readonly textAt: number | undefined;
}

export const placeOf = (node: Node | null | undefined, otherwise: number): number => node?.range?.[0] ?? otherwise;

/** What a thing is, for a sentence. */
const kindOf = (node: Node | null | undefined): string => {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  return typeof node.value === 'string' ? 'a text' : `${String(node.value)}`;
};

/** Complains that something else was due here. */
export const expected = (what: string, node: Node | null | undefined, at: { readonly at: number; readonly complaints: Complaints }): void =>
  at.complaints.add(placeOf(node, at.at), `${what} is due here, not ${kindOf(node)}.`);

/** The fields of a mapping, each once, in their order. Complains of what is no word of `known`; `what` names the thing: `a rule`. */
export const fieldsOf = (
  node: Node | null,
  {
    what,
    known,
    at,
    complaints,
    hint,
  }: {
    readonly what: string;
    readonly known?: readonly string[];
    readonly at: number;
    readonly complaints: Complaints;
    /** What to do with a word that is known elsewhere. */
    readonly hint?: (word: string) => string | undefined;
  },
): ReadonlyMap<string, Field> => {
  const fields = new Map<string, Field>();
  if (!isMap(node)) {
    expected(`a mapping (\`word: value\`) for ${what}`, node, { at, complaints });
    return fields;
  }
  for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
    const keyAt = placeOf(key, placeOf(node, at));
    if (!isScalar(key) || typeof key.value !== 'string') {
      complaints.add(keyAt, `a word is due here in ${what}, not ${kindOf(key)}.`);
      continue;
    }
    const word = key.value;
    if (known && !known.includes(word)) {
      complaints.add(
        keyAt,
        `${shown(word)} is no word of ${what}${hint?.(word) ?? (didYouMean(word, known) || `; there are ${known.join(', ')}.`)}`,
      );
      continue;
    }
    if (fields.has(word)) complaints.add(keyAt, `${shown(word)} is given twice.`);
    else fields.set(word, { key: word, at: keyAt, value, valueAt: placeOf(value, keyAt) });
  }
  return fields;
};

/** The items of a list, at least one. */
export const itemsOf = (
  field: Pick<Field, 'value' | 'at'>,
  { what, complaints }: { readonly what: string; readonly complaints: Complaints },
): readonly (Node | null)[] => {
  const { value, at } = field;
  if (isSeq(value)) return value.items as (Node | null)[];
  expected(`a list (\`- ...\`) of ${what}`, value, { at, complaints });
  return [];
};

/** The value of a scalar; undefined for anything else, and for one that says nothing. */
export const plainOf = (node: Node | null | undefined): Plain | undefined => {
  if (!isScalar(node)) return undefined;
  const { value, source = '', type } = node;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const at = placeOf(node, 0);
  const text = typeof value === 'string' ? value : source;
  const quoted = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
  const asItStands = (quoted || type === Scalar.PLAIN) && (node.range?.[1] ?? 0) - at === text.length + (quoted ? 2 : 0);
  return { value, text, at, textAt: asItStands ? at + (quoted ? 1 : 0) : undefined };
};
