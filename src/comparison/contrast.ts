import { around } from './around.js';
import type { Contrast } from './comparison.js';
import { type Kind, weights } from './weights.js';

/** A difference whose place among the others is not known yet. Texts are as captured. */
export interface Difference {
  readonly kind: Kind;
  readonly where: string;
  readonly a: string;
  readonly b: string;
  /** In place of the reason of its kind. */
  readonly note?: string;
}

/** Nothing when both are the same. */
export const differ = (kind: Kind, where: string, [a, b]: readonly [a: string, b: string]): Difference[] =>
  a === b ? [] : [{ kind, where, a, b }];

export const shownContrast = ({ kind, where, a, b, note }: Difference, weight: number): Contrast => {
  const [first, second] = around(a, b);
  return { where: around(where, where)[0], a: first, b: second, weight, note: note ?? weights[kind].why };
};
