import type { Random } from '../model/clock.js';
import type { ParamValue, Stage } from '../model/fault-choice.js';
import type { Head } from '../model/head.js';
import type { Target } from '../model/target.js';

/** One typed parameter of a fault. `choices` limits a string; `min` and `max` bound a number. */
export interface ParamSpec {
  readonly type: 'string' | 'number' | 'boolean';
  readonly default: ParamValue;
  readonly about: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
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

/** What every stage knows. */
export interface StageContext {
  readonly target: Target;
  readonly random: Random;
}

/**
 * What `apply` gets and gives, by stage. `undefined` as a result: this exchange gave nothing to change, and no fault is recorded.
 * Only the stages that the river serves today stand here; ARCHITECTURE.md tells how to add one.
 */
export interface StageTypes {
  /** Before our certificate is shown to the client: which recipe of certs/recipes to mint it by. */
  readonly 'client-tls': { readonly input: null; readonly output: { readonly recipe: string } };
  /** The request head on its way to the server: the new head, latin1, or its fields edited. */
  readonly request: { readonly input: Head; readonly output: { readonly raw: string } };
  /** The server's final answer on its way to the client. */
  readonly response: { readonly input: Head; readonly output: Answer };
}

/** What the client gets in place of the server's answer. */
export interface Answer {
  /** The head, latin1. */
  readonly raw: string;
  /** In place of the body, latin1: the answer is then complete, the client's connection ends behind it, and the server is let go. */
  readonly body?: string;
  /** How long it is held back; Infinity is until the client has gone. */
  readonly holdMs?: number;
}
export type ServedStage = keyof StageTypes & Stage;

/** Which kinds of clients notice, and how. */
export interface Effect {
  readonly client: string;
  readonly sees: string;
}

/** One fault: one file, named by its id, in the folder of its stage. */
export interface Fault<S extends ServedStage = ServedStage, P extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly stage: S;
  /** The leg whose peer sees the change. */
  readonly leg: 'client' | 'server';
  readonly title: string;
  readonly about: string;
  /** What does this in real life. */
  readonly imitates: string;
  readonly params: P;
  /** A choice that parses: `drop-upgrade`, `bad-cert:kind=expired`. */
  readonly example: string;
  /** Codes of the findings that must diagnose it, most likely first. */
  readonly expects: readonly string[];
  readonly effects: readonly Effect[];
  apply(input: StageTypes[S]['input'], params: ValuesOf<P>, context: StageContext): StageTypes[S]['output'] | undefined;
}

/** Keeps the parameter types of one fault while the catalogue forgets them. */
export const defineFault = <S extends ServedStage, const P extends ParamSpecs>(fault: Fault<S, P>): Fault<S, P> => fault;
