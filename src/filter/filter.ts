import type { FilterMessage, Subject } from './fields.js';
import { type Expression, parseFilter } from './parse.js';

/** One exchange on its way through a filter. Memory does not grow with its messages. */
export interface Matching {
  /** Only where the filter asks for messages. */
  message(message: FilterMessage): void;
  /** Whether the exchange fits, by all that was shown. */
  result(): boolean;
}

export interface Filter {
  readonly text: string;
  readonly asksForMessages: boolean;
  /** Names of the fields of an exchange that it asks for, each once. */
  readonly fields: readonly string[];
  begin(subject: Subject): Matching;
  /** Whether an exchange can fit of which this much is known. */
  couldFit(known: Known): boolean;
}

/** Values of some fields, by their names, before there is an exchange; `some`: there is one, whatever it is. */
export type Known = Readonly<Record<string, readonly (string | number)[] | 'some'>>;

/** Reads a filter: `host ~ api && status != 101`. Throws a Problem (SHK_USAGE) with a caret under the place. Fields: docs/filter.md. */
export const compileFilter = (text: string): Filter => {
  const expression = parseFilter(text);
  const terms = messageTerms(expression);
  return {
    text,
    asksForMessages: terms.length > 0,
    fields: [...new Set(fieldNames(expression))],
    couldFit: (known) => settled(expression, known) !== false,
    begin: (subject) => {
      const seen = new Set<number>();
      return {
        message: (message) => {
          for (const { field, test, nth } of terms) {
            if (!seen.has(nth) && field.values(message).some(test.matches)) seen.add(nth);
          }
        },
        result: () => holds(expression, subject, seen),
      };
    },
  };
};

type MessageTerm = Extract<Expression, { type: 'message' }>;

const messageTerms = (expression: Expression): readonly MessageTerm[] => {
  if (expression.type === 'message') return [expression];
  if (expression.type === 'not') return messageTerms(expression.part);
  return expression.type === 'field' ? [] : expression.parts.flatMap(messageTerms);
};

const fieldNames = (expression: Expression): readonly string[] => {
  if (expression.type === 'field') return [expression.field.name];
  if (expression.type === 'not') return fieldNames(expression.part);
  return expression.type === 'message' ? [] : expression.parts.flatMap(fieldNames);
};

const holds = (expression: Expression, subject: Subject, seen: ReadonlySet<number>): boolean => {
  switch (expression.type) {
    case 'and':
      return expression.parts.every((part) => holds(part, subject, seen));
    case 'or':
      return expression.parts.some((part) => holds(part, subject, seen));
    case 'not':
      return !holds(expression.part, subject, seen);
    case 'message':
      return seen.has(expression.nth) !== expression.test.negated;
    case 'field':
      return expression.field.values(subject).some(expression.test.matches) !== expression.test.negated;
  }
};

/** What an expression comes to by what is known; undefined: that depends. */
const settled = (expression: Expression, known: Known): boolean | undefined => {
  switch (expression.type) {
    case 'and':
    case 'or': {
      const parts = expression.parts.map((part) => settled(part, known));
      const deciding = expression.type === 'or';
      return parts.includes(deciding) ? deciding : parts.includes(undefined) ? undefined : !deciding;
    }
    case 'not': {
      const part = settled(expression.part, known);
      return part === undefined ? undefined : !part;
    }
    case 'message':
      return undefined;
    case 'field': {
      const { test, field } = expression;
      const values = Object.hasOwn(known, field.name) ? known[field.name] : undefined;
      if (values === 'some') return test.presence ? true : undefined;
      return values && values.some(test.matches) !== test.negated;
    }
  }
};
