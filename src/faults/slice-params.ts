import type { Delivery } from './changes.js';
import type { ParamSpecs } from './param-spec.js';

/** The parameters of a head that is sent in pieces. */
export const sliceParams = {
  bytes: { type: 'number', default: 1, min: 1, max: 65_536, whole: true, about: 'How many bytes a piece has.' },
  ms: { type: 'number', default: 1, min: 0, max: 60_000, about: 'How long after the one before it a piece is sent, milliseconds.' },
} as const satisfies ParamSpecs;

export const sliceOf = ({ bytes, ms }: { readonly bytes: number; readonly ms: number }): NonNullable<Delivery['slice']> => ({
  bytes,
  everyMs: ms,
});
