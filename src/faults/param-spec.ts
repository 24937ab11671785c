import type { ParamValue } from '../model/fault-choice.js';

/** One typed parameter of a fault. `choices` limits a string; `min` and `max` bound a number. */
export interface ParamSpec {
  readonly type: 'string' | 'number' | 'boolean';
  readonly default: ParamValue;
  readonly about: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** A number without a fraction. */
  readonly whole?: boolean;
  /** A text that never ends up in a head: line breaks and all are taken. */
  readonly anyText?: boolean;
  /** A text that is the name of a header field (a token, RFC 9110 section 5.1). */
  readonly fieldName?: boolean;
}

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** The values that `apply` gets: every declared parameter, of the declared type; one of its choices where it has some. */
export type ValuesOf<P extends ParamSpecs> = {
  readonly [K in keyof P]: P[K] extends { readonly choices: readonly (infer Choice extends string)[] }
    ? Choice
    : P[K]['type'] extends 'number'
      ? number
      : P[K]['type'] extends 'boolean'
        ? boolean
        : string;
};
