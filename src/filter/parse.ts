import { didYouMean } from '../wire/nearest.js';
import { exchangeFields, type Field, headField, type MessageField, messageFields } from './fields.js';
import { type Test, testOf } from './test.js';
import { FilterProblem, type Operator, type Token, tokensOf } from './tokens.js';

export type Expression =
  | { readonly type: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly type: 'not'; readonly part: Expression }
  | { readonly type: 'field'; readonly field: Field; readonly test: Test }
  /** `nth` numbers the message terms of a filter from 0. */
  | { readonly type: 'message'; readonly field: MessageField; readonly test: Test; readonly nth: number };

const deepest = 50;
const byName = new Map(exchangeFields.map((field) => [field.name, field]));
const messageByName = new Map(messageFields.map((field) => [field.name, field]));

export const isField = (name: string): boolean => byName.has(name) || Object.hasOwn(messageFields, name) || headField(name) !== undefined;

/** A filter as a tree. Throws a FilterProblem (SHK_USAGE) with a caret under the place. */
export const parseFilter = (text: string): Expression => {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  let messages = 0;
  const peek = (): Token | undefined => tokens[at];
  const fail = (why: string, token = peek()): never => {
    throw new FilterProblem(text, token?.at ?? text.length, why);
  };

  const chain = (type: 'and' | 'or', next: () => Expression): Expression => {
    const parts = [next()];
    while (peek()?.type === type) {
      at += 1;
      parts.push(next());
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { type, parts };
  };
  const either = (): Expression => chain('or', both);
  const both = (): Expression => chain('and', single);

  const single = (): Expression => {
    const token = peek();
    if (!token) return fail('something is missing at its end.');
    depth += 1;
    if (depth > deepest) fail(`it is nested over ${deepest} levels.`);
    at += 1;
    try {
      if (token.type === 'not') return { type: 'not', part: single() };
      if (token.type === 'open') return closed(token);
      if (token.type === 'word') return term(token);
      return fail(`${JSON.stringify(token.text)} cannot stand here.`, token);
    } finally {
      depth -= 1;
    }
  };

  const closed = (open: Token): Expression => {
    const inner = either();
    if (peek()?.type !== 'close') fail('this bracket is not closed.', open);
    at += 1;
    return inner;
  };

  const term = (name: Extract<Token, { type: 'word' }>): Expression => {
    const message = messageByName.get(name.text);
    if (message) {
      messages += 1;
      return { type: 'message', field: message, test: comparison(message.type), nth: messages - 1 };
    }
    const field = byName.get(name.text) ?? headField(name.text);
    if (field) return { type: 'field', field, test: comparison(field.type) };
    const meant = didYouMean(name.text, [...byName.keys(), ...messageByName.keys()]) || '.';
    return fail(`there is no field ${JSON.stringify(name.text.slice(0, 60))}${meant}`, name);
  };

  /** What follows a field's name; without an operator the field has to be there. */
  const comparison = (type: Field['type']): Test => {
    const operator = peek();
    if (operator?.type !== 'operator') return { negated: false, presence: true, matches: (value) => value !== '' };
    at += 1;
    const value = peek();
    if (value?.type !== 'word') return fail(`a value is missing behind ${operator.text}.`);
    at += 1;
    const made = testOf(type, operator.text as Operator, value);
    return typeof made === 'string' ? fail(made, value) : made;
  };

  if (tokens.length === 0) fail('it is empty.');
  const expression = either();
  const rest = peek();
  if (rest) fail(rest.type === 'close' ? 'this bracket was never opened.' : '`&&` or `||` is missing before this.', rest);
  return expression;
};
