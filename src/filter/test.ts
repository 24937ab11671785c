import { globMatches } from '../wire/glob.js';
import type { FieldType } from './fields.js';
import type { Operator, Token } from './tokens.js';

/** One comparison. A negated one holds when no value matches. */
export interface Test {
  readonly negated: boolean;
  /** No operator: the field has to be there. */
  readonly presence?: true;
  matches(value: string | number): boolean;
}

/** The test that an operator and a value make; a sentence when they make none. */
export const testOf = (type: FieldType, operator: Operator, value: Extract<Token, { type: 'word' }>): Test | string => {
  const negated = operator === '!=' || operator === '!~';
  if (operator === '~' || operator === '!~') {
    const wanted = value.text.toLowerCase();
    return { negated, matches: (given) => String(given).toLowerCase().includes(wanted) };
  }
  if (type === 'text') {
    if (operator !== '=' && operator !== '==' && operator !== '!=')
      return `a text has no order; use =, !=, ~ or !~ in place of ${operator}.`;
    const wanted = value.text.toLowerCase();
    if (value.quoted || !wanted.includes('*')) return { negated, matches: (given) => String(given).toLowerCase() === wanted };
    return { negated, matches: (given) => globMatches(wanted, String(given).toLowerCase()) };
  }
  const wanted = type === 'number' ? numberOf(value.text) : versionOf(value.text);
  if (wanted === undefined) return type === 'number' ? `${value.text} is no number.` : `${value.text} is no TLS version, such as 1.2.`;
  const order = orders[operator] ?? ((one: number, other: number) => one === other);
  return {
    negated,
    matches: (given) => {
      const own = type === 'number' ? Number(given) : versionOf(String(given));
      return own !== undefined && order(own, wanted);
    },
  };
};

const orders: Partial<Readonly<Record<Operator, (one: number, other: number) => boolean>>> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

const numberOf = (text: string): number | undefined => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

/** `TLSv1.2`, `1.2`. */
const versionOf = (text: string): number | undefined => {
  const match = /^(?:TLS ?v?)?(1\.[0-3])$/i.exec(text);
  return match ? Number(match[1]) : undefined;
};
